// SPDX-License-Identifier: MIT
using TinyInfer.Samples;
using TinyInfer.Samples.Clothes;
using TinyInfer.Samples.Net;
using Xunit;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>The driver against a bank of registers as the datasheet describes it.</summary>
public sealed class Stmpe811Tests
{
    [Fact]
    public void The_touch_controller_is_switched_on()
    {
        var chip = new Chip();
        _ = new Stmpe811(chip, new SimulatedPower());

        Assert.Equal(0, chip.Registers[0x04] & 0x03); // clocks of the ADC and the touch controller are not off
        Assert.Equal(1, chip.Registers[0x40] & 0x0F); // enabled, X, Y and Z
    }

    [Theory]
    [InlineData(3870, 3870, 0, 0)]
    [InlineData(2070, 2110, 120, 160)]
    [InlineData(285, 361, 239, 319)]
    [InlineData(4095, 4095, 0, 0)]
    [InlineData(0, 0, 239, 319)]
    public void A_point_of_the_panel_is_one_of_the_screen(int panelX, int panelY, int x, int y)
    {
        var chip = new Chip();
        var touch = new Stmpe811(chip, new SimulatedPower());
        chip.Point = (panelX, panelY);

        Assert.True(touch.Read());
        Assert.Equal((x, y), (touch.X, touch.Y));
        Assert.False(touch.Read());
    }

    [Fact]
    public void Another_chip_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Stmpe811(new Chip { Registers = { [0] = 0, [1] = 0 } }, new SimulatedPower()));
        Assert.Equal("the touch controller says it is 0, a STMPE811 would say 2065", error.Message);
    }

    private sealed class Chip : IRegisters
    {
        public byte[] Registers { get; } = new byte[128];

        public (int X, int Y)? Point { get; set; }

        public Chip() => (Registers[0], Registers[1]) = (0x08, 0x11);

        public void Read(byte register, byte[] buffer)
        {
            switch (register)
            {
                case 0x40: // STA is bit 7
                    buffer[0] = (byte)(Registers[0x40] | (Point is null ? 0 : 0x80));
                    break;
                case 0x4C: // points in the queue
                    buffer[0] = (byte)(Point is null ? 0 : 1);
                    break;
                case 0xD7: // 12 bits of X, 12 of Y, 8 of Z
                    var (x, y) = Point!.Value;
                    new byte[] { (byte)(x >> 4), (byte)((x << 4) | (y >> 8)), (byte)y, 0 }.CopyTo(buffer, 0);
                    break;
                default:
                    buffer[0] = Registers[register];
                    break;
            }
        }

        public void Write(byte register, byte value)
        {
            Registers[register] = value;
            if (register == 0x4B && (value & 1) != 0)
            {
                Point = null;
            }
        }
    }
}
