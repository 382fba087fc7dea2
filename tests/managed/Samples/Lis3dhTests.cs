// SPDX-License-Identifier: MIT
using TinyInfer.Samples;
using TinyInfer.Samples.Motion;
using Xunit;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>The driver against a bank of registers as the datasheet describes it.</summary>
public sealed class Lis3dhTests
{
    [Fact]
    public void The_sensor_is_set_to_50_Hz_4_g_and_a_queue()
    {
        var chip = new Chip();
        _ = new Lis3dh(chip);

        Assert.Equal(0x47, chip.Registers[0x20]); // ODR 50 Hz, X Y Z on
        Assert.Equal(0x98, chip.Registers[0x23]); // BDU, +-4 g, high resolution
        Assert.Equal(0x40, chip.Registers[0x24]); // FIFO on
        Assert.Equal(0x80, chip.Registers[0x2E]); // stream mode
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8000, 32)] // 500 steps of 2 mg are 1 g
    [InlineData(-8000, -32)]
    [InlineData(128, 1)] // 16 mg, 0.512 of 1/32 g
    [InlineData(112, 0)] // 14 mg, 0.448
    [InlineData(-128, -1)]
    [InlineData(-112, 0)]
    [InlineData(short.MaxValue, 127)]
    [InlineData(short.MinValue, -128)]
    public void Acceleration_comes_in_parts_of_32_to_the_g(short output, sbyte expected)
    {
        var chip = new Chip();
        var sensor = new Lis3dh(chip);
        chip.Queue.Enqueue([output, (short)0, output]);
        var samples = new sbyte[6];

        Assert.Equal(1, sensor.Read(samples));
        Assert.Equal([expected, 0, expected, 0, 0, 0], samples);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(31, 31)]
    [InlineData(32, 32)]
    [InlineData(40, 32)]
    public void The_queue_is_emptied(int produced, int read)
    {
        var chip = new Chip();
        var sensor = new Lis3dh(chip);
        for (var i = 0; i < produced; i++)
        {
            chip.Queue.Enqueue([(short)(8000 * (i % 3)), 0, 0]);
        }

        var samples = new sbyte[96];
        Assert.Equal(read, sensor.Read(samples));
        Assert.Equal(0, sensor.Read(samples));
    }

    [Fact]
    public void Another_chip_is_refused()
    {
        var chip = new Chip { Registers = { [0x0F] = 0xD4 } };
        var error = Assert.Throws<InvalidOperationException>(() => new Lis3dh(chip));
        Assert.Equal("the sensor says it is 212, a LIS3DH would say 51", error.Message);
    }

    private sealed class Chip : IRegisters
    {
        public byte[] Registers { get; } = new byte[128];

        public Queue<short[]> Queue { get; } = [];

        public Chip() => Registers[0x0F] = 0x33;

        public void Read(byte register, byte[] buffer)
        {
            switch (register)
            {
                case 0x2F: // FSS counts to 31; OVRN is set when all 32 places are taken
                    while (Queue.Count > 32)
                    {
                        Queue.Dequeue();
                    }

                    buffer[0] = (byte)(Queue.Count == 32 ? 0x40 | 31 : Queue.Count == 0 ? 0x20 : Queue.Count);
                    break;
                case 0xA8: // X low, with the bit that counts the register up
                    Buffer.BlockCopy(Queue.Dequeue(), 0, buffer, 0, 6);
                    break;
                default:
                    Assert.Single(buffer);
                    buffer[0] = Registers[register];
                    break;
            }
        }

        public void Write(byte register, byte value) => Registers[register] = value;
    }
}
