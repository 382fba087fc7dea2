// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>The kernels that exist in C#, by their numbers in firmware-interop/kernels/kernels.def.</summary>
    internal static class Kernels
    {
        /// <summary>A kernel, or null when it exists in the firmware only.</summary>
        internal static Kernel Find(int number)
        {
            switch (number)
            {
                case 1:
                    return new FullyConnected();
                case 2:
                    return new Conv2D();
                case 3:
                    return new DepthwiseConv2D();
                case 4:
                    return new Pool2D(true);
                case 5:
                    return new Pool2D(false);
                case 6:
                    return new Softmax(8);
                case 7:
                    return new Softmax(16);
                case 8:
                    return new Reduce(Reduce.Sum);
                case 9:
                    return new Reduce(Reduce.Max);
                case 10:
                    return new Reduce(Reduce.Min);
                case 29:
                    return new Branch();
                case 30:
                    return new Lut();
                case 31:
                    return new Add();
                case 32:
                    return new AddRescaled();
                case 33:
                    return new Mul();
                case 34:
                    return new Quantize();
                case 35:
                    return new Requantize();
                case 36:
                    return new Dequantize();
                case 37:
                    return new Maximum(true);
                case 38:
                    return new Maximum(false);
                case 39:
                    return new Prelu();
                case 40:
                    return new SquaredDifference();
                case 70:
                    return new CopyNd();
                case 71:
                    return new TakeNd();
                case 72:
                    return new PadNd();
                case 73:
                    return new Gather();
                case 74:
                    return new ResizeBilinear();
                case 75:
                    return new Cast();
                case 76:
                    return new ArgMax();
                case 91:
                    return new Svdf(Element.S8);
                case 92:
                    return new Svdf(Element.S16);
                case 191:
                    return new Lstm();
                default:
                    return null;
            }
        }
    }
}
