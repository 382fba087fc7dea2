// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Motion
{
    /// <summary>The sample on a board.</summary>
    public class Program
    {
        private const int Bus = 3; // I2C3: SCL is PA8, SDA is PC9

        /// <summary>Begins at switching on, and again after each standby.</summary>
        public static void Main()
        {
            IAccelerometer sensor = new Lis3dh(new I2cRegisters(Bus, Lis3dh.Address));
            using (MotionApp app = new MotionApp(sensor, new Stm32Power(), new ConsoleDisplay()))
            {
                app.Run();
            }
        }
    }
}
