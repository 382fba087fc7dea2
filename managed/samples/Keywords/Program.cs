// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Keywords
{
    /// <summary>The sample on a board.</summary>
    public class Program
    {
        private const string Port = "COM3"; // USART3: TX is PD8, RX is PD9

        /// <summary>Listens for ever.</summary>
        public static void Main()
        {
            using (KeywordsApp app = new KeywordsApp(new SerialMicrophone(Port), new ConsoleDisplay()))
            {
                while (app.Step())
                {
                }
            }
        }
    }
}
