// SPDX-License-Identifier: MIT
using System;
using System.Reflection;

namespace TinyInfer
{
    /// <summary>
    /// A neural network that is ready to run. The compiler writes a class for each model that derives from this one
    /// (<c>KeywordModel</c>), with its labels and tensors by name; <see cref="FromResource"/> and its siblings open any image.
    /// </summary>
    /// <example>
    /// <code>
    /// using (var model = new KeywordModel())
    /// {
    ///     model.Input.Write(samples);
    ///     model.Run();
    ///     Debug.WriteLine(KeywordModel.Labels[model.Output.ArgMax()]);
    /// }
    /// </code>
    /// </example>
    /// <remarks>
    /// Memory: the model's tensors share an arena whose size the compiler has computed; nothing is allocated while it runs.
    /// <see cref="Run"/>, the tensors' Write and Read, ArgMax and TopK make no garbage. A model is for one thread at a time. Every
    /// member but <see cref="Dispose()"/> throws a <see cref="TinyInferException"/> with <see cref="Status.Closed"/> once the model
    /// is disposed of.
    /// </remarks>
    public class Model : IDisposable
    {
        private readonly int[] _values = new int[Facts.ModelValues];
        private int _handle; // 0 when closed, which native code refuses as well
        private byte[] _image;
        private string[] _labels;

        /// <summary>Opens an image that is a binary resource. Generated classes call this.</summary>
        /// <param name="assembly">The assembly that has the resource.</param>
        /// <param name="file">Name of its resource file without extension, such as <c>App.Models</c>.</param>
        /// <param name="id">Id of the resource in the file: the hash of its name.</param>
        /// <exception cref="TinyInferException">The image cannot be opened; the status says why.</exception>
        protected Model(Assembly assembly, string file, int id)
            : this(Engines.OpenResource(NotNull(assembly, "assembly"), (string)NotNull(file, "file"), id), null)
        {
        }

        /// <summary>Opens an image in an array. Generated classes call this.</summary>
        /// <param name="image">The whole image; it must not change while the model is open.</param>
        /// <exception cref="TinyInferException">The image cannot be opened; the status says why.</exception>
        protected Model(byte[] image)
            : this(Engines.OpenBytes((byte[])NotNull(image, "image")), image)
        {
        }

        // The image must live as long as the model; null when it lies in flash.
        private Model(int handle, byte[] image)
        {
            _handle = handle;
            _image = image;
            Native.Describe(handle, _values);
            Name = Native.Text(handle, Facts.ModelName, 0);
            Inputs = Tensors(0, _values[Facts.InputCount], true);
            Outputs = Tensors(Inputs.Length, _values[Facts.OutputCount], false);
            Input = Inputs.Length == 0 ? null : Inputs[0];
            Output = Outputs.Length == 0 ? null : Outputs[0];
        }

        /// <summary>Gets what runs models here: "native" for the kernels in the firmware, "managed" for those in C#.</summary>
        public static string Runtime => Engines.Name;

        /// <summary>Gets what runs this model: "native" for the kernels in the firmware, "managed" for those in C#.</summary>
        public string Engine => Engines.NameOf(Opened());

        /// <summary>Gets the name that the model was compiled with.</summary>
        public string Name { get; }

        /// <summary>Gets all inputs in the order of the model file. Do not change the array.</summary>
        public Tensor[] Inputs { get; }

        /// <summary>Gets all outputs in the order of the model file. Do not change the array.</summary>
        public Tensor[] Outputs { get; }

        /// <summary>Gets the first input.</summary>
        public Tensor Input { get; }

        /// <summary>Gets the first output.</summary>
        public Tensor Output { get; }

        /// <summary>Gets the number of layers, each a call of one kernel.</summary>
        public int LayerCount => _values[Facts.StepCount];

        /// <summary>Gets the size of the image in bytes.</summary>
        public int ImageSize => _values[Facts.ImageBytes];

        /// <summary>Gets the bytes of working memory, whose contents do not survive a run.</summary>
        public int ArenaSize => _values[Facts.ArenaBytes];

        /// <summary>Gets the bytes of memory that survive from run to run; 0 for a model without state.</summary>
        public int StateSize => _values[Facts.StateBytes];

        /// <summary>Gets the number of recorded inferences in the image, for <see cref="SelfTest"/>.</summary>
        public int GoldenCases => _values[Facts.GoldenCount];

        /// <summary>Opens an image that is a binary resource: with native kernels in place, without a copy in RAM.</summary>
        /// <param name="assembly">The assembly that has the resource.</param>
        /// <param name="file">Name of its resource file without extension, such as <c>App.Models</c>.</param>
        /// <param name="id">Id of the resource in the file: the hash of its name.</param>
        /// <returns>The model; dispose of it to give its memory back.</returns>
        /// <exception cref="ArgumentNullException">The assembly or the file is null.</exception>
        /// <exception cref="TinyInferException">The image cannot be opened; the status says why.</exception>
        public static Model FromResource(Assembly assembly, string file, int id) => new Model(assembly, file, id);

        /// <summary>Opens an image in an array, which stays where it is in memory until the model is disposed of.</summary>
        /// <param name="image">The whole image; it must not change while the model is open.</param>
        /// <returns>The model; dispose of it to give its memory back.</returns>
        /// <exception cref="ArgumentNullException">The image is null.</exception>
        /// <exception cref="TinyInferException">The image cannot be opened; the status says why.</exception>
        public static Model FromBytes(byte[] image) => new Model(image);

        /// <summary>Opens an image in memory-mapped flash, in place. For native kernels only.</summary>
        /// <param name="address">Where the image begins, a multiple of 4.</param>
        /// <returns>The model; dispose of it to give its memory back.</returns>
        /// <exception cref="TinyInferException">The image cannot be opened; the status says why.</exception>
        public static Model FromFlash(int address) => new Model(Engines.OpenFlash(address), null);

        /// <summary>Gets the name of a layer.</summary>
        /// <param name="index">0 to <see cref="LayerCount"/> - 1.</param>
        /// <returns>The name in the model file.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
        public string GetLayerName(int index)
        {
            if (index < 0 || index >= LayerCount)
            {
                throw new ArgumentOutOfRangeException("index");
            }

            return Native.Text(Opened(), Facts.StepName, index);
        }

        /// <summary>Gets a piece of metadata of the image: "labels", "description".</summary>
        /// <param name="key">Its name.</param>
        /// <returns>The text, or null when the image does not have it.</returns>
        public string GetMetadata(string key)
        {
            int handle = Opened();
            for (int i = 0; i < _values[Facts.MetadataCount]; i++)
            {
                if (Native.Text(handle, Facts.MetadataKey, i) == key)
                {
                    return Native.Text(handle, Facts.MetadataValue, i);
                }
            }

            return null;
        }

        /// <summary>Gets the name of each class in the order of the first output, as the image has them.</summary>
        /// <returns>The names; an empty array when the image has none. The same array every time.</returns>
        public string[] GetLabels()
        {
            if (_labels == null)
            {
                string text = GetMetadata("labels");
                _labels = string.IsNullOrEmpty(text) ? new string[0] : text.Split('\n');
            }

            return _labels;
        }

        /// <summary>Runs the model once: inputs to outputs. The contents of the inputs are undefined afterwards.</summary>
        /// <exception cref="TinyInferException"><see cref="Status.Busy"/>: a run in slices is not finished.</exception>
        public void Run()
        {
            // One call, no check of its own: nanoCLR takes hundreds of instructions for a call, over a hundred to compare two numbers.
            int result = Native.Run(_handle);
            if (result != 0)
            {
                throw Failed(result);
            }
        }

        /// <summary>
        /// Runs a part of the model, so that other threads and the watchdog get their turn in a long inference:
        /// <c>while (!model.RunSlice(5000)) { Thread.Sleep(0); }</c>
        /// </summary>
        /// <param name="maxMicroseconds">
        /// The slice ends after the first layer that is done this long after the call. So a slice is one layer at least, and as long
        /// as the longest layer beyond the limit at most.
        /// </param>
        /// <returns>True when the run is complete and the outputs can be read; false to be called again.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
        public bool RunSlice(int maxMicroseconds)
        {
            if (maxMicroseconds < 0)
            {
                throw new ArgumentOutOfRangeException("maxMicroseconds");
            }

            int result = Native.RunSlice(_handle, maxMicroseconds);
            if (result < 0)
            {
                throw Failed(result);
            }

            return result == 0;
        }

        /// <summary>Sets recurrent state to its initial values and abandons a run in slices.</summary>
        public void Reset() => Native.Reset(Opened());

        /// <summary>Runs the model once on its present inputs and measures each layer.</summary>
        /// <returns>One entry a layer, in the order they run.</returns>
        /// <exception cref="TinyInferException"><see cref="Status.Busy"/>: a run in slices is not finished.</exception>
        public LayerProfile[] Profile()
        {
            int handle = Opened();
            int[] cycles = new int[LayerCount];
            int rate = Native.Profile(handle, cycles);
            if (rate < 0)
            {
                throw Fault.Of(rate);
            }

            LayerProfile[] layers = new LayerProfile[LayerCount];
            for (int i = 0; i < layers.Length; i++)
            {
                layers[i] = new LayerProfile(Native.Text(handle, Facts.StepName, i), cycles[i], rate);
            }

            return layers;
        }

        /// <summary>
        /// Runs the recorded inferences in the image and compares every byte of the outputs: proof that this device computes what the
        /// compiler promised. Resets the model.
        /// </summary>
        /// <returns>The number of cases, all of which agree.</returns>
        /// <exception cref="TinyInferException">
        /// <see cref="Status.SelfTestFailed"/>: an output differs. <see cref="Status.NoGoldenCase"/>: the image has no case (see
        /// <c>tinyinfer compile --golden</c>). <see cref="Status.Busy"/>: a run in slices is not finished.
        /// </exception>
        public int SelfTest()
        {
            int[] where = new int[3];
            int result = Native.SelfTest(Opened(), where);
            if (result == -(int)Status.SelfTestFailed)
            {
                Tensor output = Outputs[where[1] - Inputs.Length];
                throw Fault.Of(result, output.Name, "case " + where[0] + ", output \"" + output.Name + "\", byte " + where[2]);
            }

            if (result < 0)
            {
                throw Fault.Of(result);
            }

            return result;
        }

        /// <summary>Closes the model and gives its memory back. More than once is harmless.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Closes the model.</summary>
        /// <param name="disposing">False when the model was forgotten and the garbage collector closes it.</param>
        protected virtual void Dispose(bool disposing)
        {
            if (_handle != 0)
            {
                Native.Close(_handle, _image);
                _handle = 0;
                _image = null;
            }
        }

        /// <summary>Closes a model that nobody has disposed of.</summary>
        ~Model()
        {
            Dispose(false);
        }

        /// <summary>What a call that native code has refused throws.</summary>
        internal TinyInferException Failed(int result) =>
            result == -(int)Status.Closed ? Fault.Of(result, "", "model \"" + Name + "\"") : Fault.Of(result);

        private int Opened()
        {
            if (_handle == 0)
            {
                throw Failed(-(int)Status.Closed);
            }

            return _handle;
        }

        private Tensor[] Tensors(int first, int count, bool input)
        {
            Tensor[] tensors = new Tensor[count];
            for (int i = 0; i < count; i++)
            {
                tensors[i] = new Tensor(this, _handle, first + i, input);
            }

            return tensors;
        }

        private static Assembly NotNull(Assembly assembly, string name) => (Assembly)NotNull((object)assembly, name);

        private static object NotNull(object value, string name)
        {
            if (value == null)
            {
                throw new ArgumentNullException(name);
            }

            return value;
        }
    }
}
