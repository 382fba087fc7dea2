// SPDX-License-Identifier: MIT
using nanoFramework.TestFramework;

namespace TinyInfer.Tests
{
    /// <summary>Arrays into and out of tensors.</summary>
    [TestClass]
    public class TensorTests
    {
        [TestMethod]
        public void A_tensor_describes_itself()
        {
            using (MotionModel model = new MotionModel())
            {
                Tensor input = model.Input;
                Assert.AreEqual((int)ElementType.Int8, (int)input.Type);
                Assert.AreEqual(4, input.Shape.Length);
                Assert.AreEqual(128, input.Shape[1]);
                Assert.AreEqual(3, input.Shape[3]);
                Assert.AreEqual(MotionModel.InputLength, input.Size);
                Assert.AreEqual(MotionModel.InputScale, input.Scale);
                Assert.AreEqual(MotionModel.InputZeroPoint, input.ZeroPoint);
                Assert.IsTrue(input.IsInput);
                Assert.IsTrue(input.IsQuantized);
                Assert.IsTrue(input.Name.Length > 0);
                Assert.AreEqual("input \"" + input.Name + "\": Int8 [1,128,1,3]", input.ToString());
                Assert.IsFalse(model.Output.IsInput);
                Assert.AreEqual(-128, model.Output.ZeroPoint);
            }
        }

        [TestMethod]
        public void What_is_written_is_read_back()
        {
            using (MotionModel model = new MotionModel())
            {
                sbyte[] written = new sbyte[MotionModel.InputLength];
                for (int i = 0; i < written.Length; i++)
                {
                    written[i] = (sbyte)(i * 7);
                }

                sbyte[] read = new sbyte[written.Length];
                model.Input.Write(written);
                model.Input.Read(read);
                for (int i = 0; i < read.Length; i++)
                {
                    Assert.AreEqual(written[i], read[i]);
                }
            }
        }

        [TestMethod]
        public void Ranges_go_where_they_are_sent()
        {
            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(new sbyte[MotionModel.InputLength]);
                model.Input.Write(new sbyte[] { 1, 2, 3, 4 }, 1, 2, 10);

                sbyte[] read = new sbyte[6];
                model.Input.Read(read, 2, 4, 9);
                Assert.AreEqual(0, (int)read[0]);
                Assert.AreEqual(0, (int)read[1]);
                Assert.AreEqual(0, (int)read[2]);
                Assert.AreEqual(2, (int)read[3]);
                Assert.AreEqual(3, (int)read[4]);
                Assert.AreEqual(0, (int)read[5]);
            }
        }

        // Scale is 1/32, zero point 0: the real number is in g.
        [TestMethod]
        public void Real_numbers_are_rounded_and_saturated()
        {
            using (MotionModel model = new MotionModel())
            {
                float[] real = new float[] { 1f, -1f, 0.015625f, -0.015625f, 0.0155f, 100f, -100f, float.PositiveInfinity, float.NegativeInfinity, float.NaN };
                int[] stored = new int[] { 32, -32, 1, -1, 0, 127, -128, 127, -128, -128 };
                sbyte[] read = new sbyte[real.Length];

                model.Input.Write(real, 0, real.Length, 3);
                model.Input.Read(read, 0, read.Length, 3);
                for (int i = 0; i < read.Length; i++)
                {
                    Assert.AreEqual(stored[i], read[i]);
                }

                float[] back = new float[2];
                model.Input.Read(back, 0, 2, 3);
                Assert.AreEqual(1f, back[0]);
                Assert.AreEqual(-1f, back[1]);
                Assert.AreEqual(1f, model.Input.GetReal(3));
            }
        }

        [TestMethod]
        public void The_largest_come_first_and_of_equals_the_first()
        {
            using (MotionModel model = new MotionModel())
            {
                sbyte[] values = new sbyte[MotionModel.InputLength];
                values[5] = 9;
                values[7] = 90;
                values[8] = 90;
                values[200] = 10;
                model.Input.Write(values);

                int[] top = new int[5];
                Assert.AreEqual(5, model.Input.TopK(top));
                Assert.AreEqual(7, top[0]);
                Assert.AreEqual(8, top[1]);
                Assert.AreEqual(200, top[2]);
                Assert.AreEqual(5, top[3]);
                Assert.AreEqual(0, top[4]);
                Assert.AreEqual(7, model.Input.ArgMax());

                int[] more = new int[MotionModel.OutputLength + 4];
                Assert.AreEqual(MotionModel.OutputLength, model.Output.TopK(more));
            }
        }

        [TestMethod]
        public void A_wrong_size_is_refused_with_both_sizes()
        {
            using (MotionModel model = new MotionModel())
            {
                TinyInferException refusal = Refused.With(Status.WrongSize, () => model.Input.Write(new sbyte[12]));
                Assert.AreEqual(model.Input.Name, refusal.Layer);
                Assert.AreEqual("input \"" + model.Input.Name + "\": the array has 12 elements and the tensor 384", refusal.Message);

                Refused.With(Status.WrongSize, () => model.Input.Write(new float[385]));
                Refused.With(Status.WrongSize, () => model.Output.Read(new sbyte[5]));
                Refused.With(Status.WrongSize, () => model.Input.Write(new sbyte[4], 2, 3, 0));
                Refused.With(Status.WrongSize, () => model.Input.Write(new sbyte[4], 0, 4, 381));
                Refused.With(Status.WrongSize, () => model.Input.Write(new sbyte[4], -1, 2, 0));
                Refused.With(Status.WrongSize, () => model.Input.Read(new sbyte[4], 0, 4, -1));
                Refused.With(Status.WrongSize, () => model.Input.Read(new sbyte[4], 0, int.MaxValue, 0));
            }
        }

        [TestMethod]
        public void A_wrong_type_is_refused_with_the_right_one()
        {
            using (MotionModel model = new MotionModel())
            {
                TinyInferException refusal = Refused.With(Status.WrongType, () => model.Input.Write(new short[MotionModel.InputLength]));
                Assert.AreEqual("input \"" + model.Input.Name + "\" holds Int8: it takes sbyte[] or float[], not short[]", refusal.Message);

                Refused.With(Status.WrongType, () => model.Input.Write(new byte[MotionModel.InputLength]));
                Refused.With(Status.WrongType, () => model.Input.Write(new int[MotionModel.InputLength]));
                Refused.With(Status.WrongType, () => model.Output.Read(new byte[MotionModel.OutputLength]));
            }
        }

        [TestMethod]
        public void An_output_is_not_written()
        {
            using (MotionModel model = new MotionModel())
            {
                Refused.With(Status.ReadOnly, () => model.Output.Write(new sbyte[MotionModel.OutputLength]));
            }
        }
    }
}
