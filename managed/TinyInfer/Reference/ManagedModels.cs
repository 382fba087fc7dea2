// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>The models that are open on the kernels in C#, by handle. A handle is never used twice, nor is it one of native code.</summary>
    internal static class ManagedModels
    {
        private const int BeforeFirst = 0x40000000;
        private static readonly object Gate = new object();
        private static ManagedSession[] _open = new ManagedSession[4];
        private static int _last = BeforeFirst;

        /// <summary>Opens an image, which must not change while the model is open.</summary>
        /// <returns>The handle.</returns>
        /// <exception cref="TinyInferException">The image cannot be opened.</exception>
        internal static int Open(byte[] image)
        {
            ManagedSession session = ManagedSession.Open(image);
            lock (Gate)
            {
                int free = 0;
                while (free < _open.Length && _open[free] != null)
                {
                    free++;
                }

                if (free == _open.Length)
                {
                    ManagedSession[] more = new ManagedSession[2 * free];
                    System.Array.Copy(_open, more, free);
                    _open = more;
                }

                session.Handle = ++_last;
                _open[free] = session;
                return session.Handle;
            }
        }

        /// <summary>The open model, or null.</summary>
        internal static ManagedSession Find(int handle)
        {
            ManagedSession[] open = _open;
            for (int i = 0; i < open.Length; i++)
            {
                ManagedSession session = open[i];
                if (session != null && session.Handle == handle)
                {
                    return session;
                }
            }

            return null;
        }

        internal static void Close(int handle)
        {
            lock (Gate)
            {
                for (int i = 0; i < _open.Length; i++)
                {
                    if (_open[i] != null && _open[i].Handle == handle)
                    {
                        _open[i] = null;
                    }
                }
            }
        }

        internal static TinyInferException NoFlash() => new TinyInferException(
            Status.OutsideFlash, "", "managed kernels cannot read flash at an address: use FromResource, or the package TinyInfer.Native");
    }
}
