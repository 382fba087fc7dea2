// SPDX-License-Identifier: MIT
using System;
using System.Threading;
using nanoFramework.TestFramework;

namespace TinyInfer.Tests
{
    /// <summary>Opening, running and closing a model.</summary>
    [TestClass]
    public class ModelTests
    {
        [TestMethod]
        public void A_packed_model_knows_what_the_compiler_knew()
        {
            using (MotionModel model = new MotionModel())
            {
                Assert.AreEqual("motion", model.Name);
                Assert.AreEqual(Model.Runtime, model.Engine);
                Assert.AreEqual(1, model.Inputs.Length);
                Assert.AreEqual(1, model.Outputs.Length);
                Assert.AreEqual(MotionModel.ImageBytes, model.ImageSize);
                Assert.IsTrue(model.ArenaSize > 0 && model.ArenaSize <= MotionModel.ArenaBytes);
                Assert.AreEqual(0, model.StateSize);
                Assert.AreEqual(1, model.GoldenCases);
                Assert.AreEqual(6, MotionModel.Labels.Length);
                Assert.IsTrue(model.LayerCount > 0);
                Assert.IsTrue(model.GetLayerName(0).Length > 0);
                Assert.IsNull(model.GetMetadata("no such key"));
            }
        }

        [TestMethod]
        public void The_image_has_the_labels_of_the_class()
        {
            using (MotionModel model = new MotionModel())
            {
                string[] labels = model.GetLabels();
                Assert.AreEqual(MotionModel.Labels.Length, labels.Length);
                for (int i = 0; i < labels.Length; i++)
                {
                    Assert.AreEqual(MotionModel.Labels[i], labels[i]);
                }
            }
        }

        [TestMethod]
        public void The_golden_case_agrees_and_leaves_the_model_ready()
        {
            using (MotionModel model = new MotionModel())
            {
                Assert.AreEqual(1, model.SelfTest());
                Assert.AreEqual(1, model.SelfTest());
            }
        }

        [TestMethod]
        public void A_run_in_slices_gives_what_a_whole_run_gives()
        {
            sbyte[] samples = Samples.Shake();
            sbyte[] whole = new sbyte[MotionModel.OutputLength];
            sbyte[] sliced = new sbyte[MotionModel.OutputLength];

            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(samples);
                model.Run();
                model.Output.Read(whole);

                model.Input.Write(samples);
                int slices = 1;
                while (!model.RunSlice(0))
                {
                    slices++;
                }

                model.Output.Read(sliced);
                Assert.AreEqual(model.LayerCount, slices);
            }

            for (int i = 0; i < whole.Length; i++)
            {
                Assert.AreEqual(whole[i], sliced[i]);
            }
        }

        // On a board this is what feeds the watchdog too: nanoCLR does it when it changes threads.
        [TestMethod]
        public void Other_threads_run_between_slices()
        {
            int turns = 0;
            bool done = false;
            Thread other = new Thread(() =>
            {
                while (!done)
                {
                    turns++;
                    Thread.Sleep(0);
                }
            });
            other.Start();

            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(Samples.Shake());
                int before = turns;
                while (!model.RunSlice(0))
                {
                    for (int i = 0; i < 1000 && turns == before; i++)
                    {
                        Thread.Sleep(1);
                    }

                    Assert.IsTrue(turns > before);
                    before = turns;
                }
            }

            done = true;
            other.Join();
        }

        [TestMethod]
        public void A_slice_ends_with_the_layer_in_which_its_time_is_over()
        {
            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(Samples.Shake());
                Assert.IsTrue(model.RunSlice(60000000));
                model.Input.Write(Samples.Shake());
                Assert.IsFalse(model.RunSlice(0));
                Assert.IsTrue(model.RunSlice(60000000));
            }
        }

        [TestMethod]
        public void Memory_is_not_touched_between_slices()
        {
            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(Samples.Shake());
                Assert.IsFalse(model.RunSlice(0));

                Refused.With(Status.Busy, () => model.Run());
                Refused.With(Status.Busy, () => model.Input.Write(Samples.Shake()));
                Refused.With(Status.Busy, () => model.Output.ArgMax());
                Refused.With(Status.Busy, () => model.SelfTest());
                Refused.With(Status.Busy, () => model.Profile());

                model.Reset();
                model.Run();
            }
        }

        [TestMethod]
        public void A_profile_names_every_layer()
        {
            using (MotionModel model = new MotionModel())
            {
                model.Input.Write(Samples.Shake());
                LayerProfile[] layers = model.Profile();

                Assert.AreEqual(model.LayerCount, layers.Length);
                for (int i = 0; i < layers.Length; i++)
                {
                    Assert.AreEqual(model.GetLayerName(i), layers[i].Name);
                    Assert.IsTrue(layers[i].Cycles >= 0);
                }
            }
        }

        [TestMethod]
        public void A_closed_model_says_so_and_closes_twice()
        {
            MotionModel model = new MotionModel();
            Tensor input = model.Input;
            model.Dispose();
            model.Dispose();

            Refused.With(Status.Closed, () => model.Run());
            Refused.With(Status.Closed, () => input.Write(new sbyte[MotionModel.InputLength]));
            Refused.With(Status.Closed, () => model.GetMetadata("labels"));
        }

        [TestMethod]
        public void Models_that_are_closed_make_room_for_others()
        {
            for (int i = 0; i < 40; i++)
            {
                using (MotionModel model = new MotionModel())
                {
                    model.Input.Write(Samples.Shake());
                    model.Run();
                }
            }
        }

        [TestMethod]
        public void Two_open_models_do_not_disturb_each_other()
        {
            using (MotionModel one = new MotionModel())
            using (MotionModel two = new MotionModel())
            {
                one.Input.Write(Samples.Shake());
                two.Input.Write(Samples.Still());
                one.Run();
                int shake = one.Output.ArgMax();
                two.Run();

                Assert.AreEqual(shake, one.Output.ArgMax());
                Assert.AreEqual("idle", MotionModel.Labels[two.Output.ArgMax()]);
            }
        }

        [TestMethod]
        public void Wrong_arguments_are_named()
        {
            Assert.ThrowsException(typeof(ArgumentNullException), () => Model.FromBytes(null));
            Assert.ThrowsException(typeof(ArgumentNullException), () => Model.FromResource(null, "x", 0));
            using (MotionModel model = new MotionModel())
            {
                Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => model.RunSlice(-1));
                Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => model.GetLayerName(model.LayerCount));
                Assert.ThrowsException(typeof(ArgumentNullException), () => model.Input.Write((float[])null));
            }
        }

    }
}
