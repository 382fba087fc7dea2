// SPDX-License-Identifier: MIT
using System.Numerics;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// A 32-bit fixed-point number of gemmlowp: real = Raw / 2^(31 - IntegerBits). Its functions follow the published algorithms
/// (fixedpoint.h) with the format carried along in unbounded integers.
/// </summary>
internal readonly record struct QNumber(BigInteger Raw, int IntegerBits)
{
    private static readonly BigInteger Max = int.MaxValue;
    private static readonly BigInteger Min = int.MinValue;

    public static QNumber operator *(QNumber a, QNumber b) =>
        new(BigInteger.Min(Max, ((a.Raw * b.Raw) + (BigInteger.One << 30)) >> 31), a.IntegerBits + b.IntegerBits);

    public static QNumber operator +(QNumber a, QNumber b) => new(a.Raw + b.Raw, Same(a, b));

    public static QNumber operator -(QNumber a, QNumber b) => new(a.Raw - b.Raw, Same(a, b));

    public static QNumber operator -(QNumber a) => a with { Raw = -a.Raw };

    /// <summary>The nearest number of a format to a real one.</summary>
    public static QNumber Of(double real, int integerBits) =>
        new(BigInteger.Min(Max, new BigInteger(Math.Round(Math.ScaleB(real, 31 - integerBits), MidpointRounding.AwayFromZero))), integerBits);

    /// <summary>The same real number with other integer bits: rounded, or saturated.</summary>
    public QNumber In(int integerBits) => integerBits >= IntegerBits
        ? new(Fixed.HalfAway(Raw, BigInteger.One << (integerBits - IntegerBits)), integerBits)
        : new(BigInteger.Clamp(Raw << (IntegerBits - integerBits), Min, Max), integerBits);

    /// <summary>The same bits read with one integer bit more (2 * x) or less (x / 2).</summary>
    public QNumber Reading(int integerBits) => this with { IntegerBits = integerBits };

    public static QNumber OneOverOnePlus(QNumber x) => TwoOverOnePlus(x).Reading(1).In(0);

    public static QNumber Logistic(QNumber x)
    {
        var half = Of(0.5, 0);
        var positive = OneOverOnePlus(Exp(x.Raw > 0 ? -x : x));
        return x.Raw == 0 ? half : x.Raw > 0 ? positive : Of(1, 0) - positive;
    }

    public static QNumber Tanh(QNumber x)
    {
        var exp = Exp((x.Raw > 0 ? -x : x).Reading(x.IntegerBits + 1));
        var magnitude = (TwoOverOnePlus(exp) - Of(1, 2)).In(0);
        return x.Raw == 0 ? Of(0, 0) : x.Raw > 0 ? magnitude : -magnitude;
    }

    /// <summary>Newton's method from one, five steps, for a number in [1/4, 1) of 2^28.</summary>
    public static QNumber InverseSqrt(QNumber x)
    {
        var halfX = new QNumber(Fixed.HalfAway(x.Raw, 2), 3);
        var y = Of(1, 3);
        for (var i = 0; i < 5; i++)
        {
            var cube = (y * y * y).In(3);
            y = ((Of(1.5, 3) * y) - (halfX * cube)).In(3);
        }

        return y * Of(Math.Sqrt(0.5), 0);
    }

    /// <summary>
    /// The logarithm of x from 1 on. x = z * 2^power, where z is near 2^(-1/4): of two candidates, x and x * 2^(-1/2) brought below 1, the one with the
    /// smaller z and the larger power. log z is a rational function of z - 2^(-1/4).
    /// </summary>
    public static QNumber Log(QNumber x, int integerBits)
    {
        int Zeros(BigInteger raw) => 32 - (int)raw.GetBitLength();
        var (wide, center, root) = (integerBits + 1, Math.Pow(0.5, 0.25), Of(Math.Sqrt(0.5), 0));
        var (quarter, plain) = (Of(0.25, wide), x with { IntegerBits = 0 });
        QNumber Whole(int power) => new(BigInteger.Clamp(new BigInteger(power) << (31 - wide), Min, Max), wide);
        QNumber Up(QNumber number, int bits) => number.Reading(bits).In(0);

        var zeros = Zeros(x.Raw);
        var near = Up(Up(plain, zeros - 1) * root, 1);
        var nearPower = Whole(x.IntegerBits - zeros) + quarter;
        var zerosOfHalf = Zeros((plain * root).Raw) - 1;
        var far = Up(plain, zerosOfHalf);
        var farPower = Whole(x.IntegerBits - zerosOfHalf) - quarter;

        var z = near.Raw < far.Raw ? near : far;
        var power = nearPower.Raw > farPower.Raw ? nearPower : farPower;

        QNumber Scaled(double factor) => Of(factor, 0);
        var half = z.Raw + Scaled(center).Raw;
        var p = new QNumber(Fixed.HalfAway(half, 2), 0);
        var q = z - Scaled(center);
        q += q;
        var square = q * q;
        var over = (q * z) + (q * square * Scaled(11.0 / 240 / center));
        var under = (p * (Scaled((2 * center) - (1 / center)) + q + (Scaled(1.0 / 20 / center) * square))) + (Scaled(0.25 / center) * q);
        return ((power * Scaled(Math.Log(2))) + (over.In(wide) * OneOverOnePlus(under))).In(integerBits);
    }

    // e^x = e^rest * product of e^(-2^k) over the binary digits of (rest - x), rest in [-1/4, 0).
    public static QNumber Exp(QNumber x)
    {
        if (x.Raw == 0)
        {
            return Of(1, 0);
        }

        var quarter = Of(0.25, x.IntegerBits).Raw;
        var rest = x with { Raw = (((x.Raw % quarter) + quarter) % quarter) - quarter };
        var result = ExpOfRest(rest.In(0));
        var quarters = (rest.Raw - x.Raw) / quarter;
        for (var digit = 0; digit < x.IntegerBits + 2; digit++)
        {
            if (((quarters >> digit) & 1) != 0)
            {
                result *= Of(Math.Exp(-Math.Pow(2, digit - 2)), 0);
            }
        }

        return result;
    }

    // e^(-1/8) * (1 + z + z^2/2 + z^3/6 + z^4/24), z = x + 1/8.
    private static QNumber ExpOfRest(QNumber x)
    {
        var z = x + Of(0.125, 0);
        var (z2, center) = (z * z, Of(Math.Exp(-0.125), 0));
        var (z3, z4) = (z2 * z, z2 * z2);
        var quartic = new QNumber(Fixed.HalfAway(z4.Raw, 4), 0);
        var tail = new QNumber(Fixed.HalfAway((((quartic + z3) * Of(1.0 / 3, 0)) + z2).Raw, 2), 0);
        return center + (center * (z + tail));
    }

    // 2 / (1 + x) in Q2: three Newton steps on the halved denominator.
    private static QNumber TwoOverOnePlus(QNumber x)
    {
        var half = new QNumber(Fixed.HalfAway(x.Raw + int.MaxValue, 2), 0);
        var y = Of(48.0 / 17, 2) + (half * Of(-32.0 / 17, 2));
        for (var i = 0; i < 3; i++)
        {
            y += (y * (Of(1, 2) - (half * y))).In(2);
        }

        return y;
    }

    private static int Same(QNumber a, QNumber b) =>
        a.IntegerBits == b.IntegerBits ? a.IntegerBits : throw new ArgumentException($"Q{a.IntegerBits} with Q{b.IntegerBits}");
}
