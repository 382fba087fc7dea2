// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Clothes
{
    /// <summary>The sample on a board.</summary>
    public class Program
    {
        private const int Bus = 3; // I2C3, where the board has the touch controller

        /// <summary>Watches the screen for ever.</summary>
        public static void Main()
        {
            IPower power = new Stm32Power();
            ITouch touch = new Stmpe811(new I2cRegisters(Bus, Stmpe811.Address), power);
            using (ClothesApp app = new ClothesApp(touch, power, new ConsoleDisplay()))
            {
                while (true)
                {
                    app.Step();
                }
            }
        }
    }
}
