// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <content>Multiplications, packed bytes and halves, saturation, and the FPU.</content>
internal sealed partial class ThumbWriter
{
    public void Vmov(Reg to, Fp from) => Line($"vmov {to}, {from}");

    public void Vmov(Fp to, Reg from) => Line($"vmov {to}, {from}");

    public void Mla(Reg to, Reg a, Reg b, Reg plus) => Line($"mla {to}, {a}, {b}, {plus}");

    public void Smuad(Reg to, Reg a, Reg b) => Line($"smuad {to}, {a}, {b}");

    public void Smlad(Reg sum, Reg a, Reg b) => Line($"smlad {sum}, {a}, {b}, {sum}");

    /// <summary>The same with the halves of b exchanged.</summary>
    public void Smladx(Reg sum, Reg a, Reg b) => Line($"smladx {sum}, {a}, {b}, {sum}");

    /// <summary>sum += one half of a * one half of b.</summary>
    public void SmlaHalves(Reg sum, Reg a, bool topA, Reg b, bool topB) => Line($"smla{(topA ? "t" : "b")}{(topB ? "t" : "b")} {sum}, {a}, {b}, {sum}");

    /// <summary>value = the high half of value * factor * 2, rounded half up: the reference's first rounding.</summary>
    public void RoundingHighMultiply(Reg value, Reg factor, Reg spare)
    {
        Line($"smull {spare}, {value}, {value}, {factor}");
        Line($"adds {spare}, {spare}, #0x40000000");
        Line($"adc {value}, {value}, #0");
        Line($"lsl {value}, {value}, #1");
        Line($"orr {value}, {value}, {spare}, lsr #31");
    }

    public void AddSign(Reg value) => Line($"add {value}, {value}, {value}, asr #31");

    public void Smmla(Reg sum, Reg factor, Reg plus) => Line($"smmla {sum}, {sum}, {factor}, {plus}");

    /// <summary>One byte of a word, sign or zero extended.</summary>
    public void Byte(Reg to, Reg from, int index, bool unsigned) => Line($"{(unsigned ? "uxtb" : "sxtb")} {to}, {from}{Shift("ror", 8 * index)}");

    public void Sxth(Reg to, Reg from) => Line($"sxth {to}, {from}");

    /// <summary>Adds two bytes of a word, 16 bits apart, to the halves of another.</summary>
    public void AddBytes(Reg to, Reg from, int rotate, bool unsigned) => Line($"{(unsigned ? "uxtab16" : "sxtab16")} {to}, {to}, {from}{Shift("ror", rotate)}");

    /// <summary>The larger of each of four signed bytes.</summary>
    public void MaxBytes(Reg what, Reg other, Reg spare)
    {
        Line($"ssub8 {spare}, {what}, {other}");
        Line($"sel {what}, {what}, {other}");
    }

    /// <summary>The smaller of each of four signed bytes.</summary>
    public void MinBytes(Reg what, Reg other, Reg spare)
    {
        Line($"ssub8 {spare}, {what}, {other}");
        Line($"sel {what}, {other}, {what}");
    }

    /// <summary>The differences of four bytes.</summary>
    public void SubBytes(Reg to, Reg a, Reg b) => Line($"usub8 {to}, {a}, {b}");

    /// <summary>The sums of four unsigned bytes, at most 255.</summary>
    public void SaturatingAddBytes(Reg to, Reg a, Reg b) => Line($"uqadd8 {to}, {a}, {b}");

    /// <summary>Each half within 0 and 255.</summary>
    public void HalvesToBytes(Reg what) => Line($"usat16 {what}, #8, {what}");

    /// <summary>Within 0 and 2^bits - 1.</summary>
    public void SaturateUnsigned(Reg what, int bits) => Line($"usat {what}, #{bits}, {what}");

    /// <summary>Puts the low bits of one register into another.</summary>
    public void Bfi(Reg to, Reg from, int at, int bits) => Line($"bfi {to}, {from}, #{at}, #{bits}");

    /// <summary>to = the low half of a, and above it the low half of b.</summary>
    public void Halves(Reg to, Reg a, Reg b) => Line($"pkhbt {to}, {a}, {b}, lsl #16");

    /// <summary>to = the top half of low, and above it the top half of high.</summary>
    public void TopHalves(Reg to, Reg high, Reg low) => Line($"pkhtb {to}, {high}, {low}, asr #16");

    /// <summary>to = the low half of one word, the high half of another.</summary>
    public void LowAndHigh(Reg to, Reg low, Reg high) => Line($"pkhbt {to}, {low}, {high}");

    public void Uxtb16(Reg to, Reg from, int rotate = 0) => Line($"uxtb16 {to}, {from}{Shift("ror", rotate)}");

    public void Sxtb16(Reg to, Reg from, int rotate = 0) => Line($"sxtb16 {to}, {from}{Shift("ror", rotate)}");

    public void Ssub16(Reg to, Reg a, Reg b) => Line($"ssub16 {to}, {a}, {b}");

    /// <summary>Eight bits, signed or unsigned, after a shift to the right.</summary>
    public void Sat8(Reg what, bool unsigned, int shift) => Line($"{(unsigned ? "usat" : "ssat")} {what}, #8, {what}{Shift("asr", shift)}");

    /// <summary>what = max(what, low) or min(what, high).</summary>
    public void Limit(Reg what, int limit, bool low)
    {
        Line($"cmp {what}, #{limit}");
        Line($"it {(low ? "lt" : "gt")}");
        Line($"mov{(low ? "lt" : "gt")} {what}, #{limit}");
    }

    public void Ubfx(Reg to, Reg from, int bits) => Line($"ubfx {to}, {from}, #0, #{bits}");

    public void Uxth(Reg to, Reg from) => Line($"uxth {to}, {from}");

    public void Sadd16(Reg to, Reg a, Reg b) => Line($"sadd16 {to}, {a}, {b}");

    /// <summary>The high word of a * b, rounded half up.</summary>
    public void Smmulr(Reg to, Reg a, Reg b) => Line($"smmulr {to}, {a}, {b}");

    /// <summary>to = the high word of a * b, rounded half up, + plus.</summary>
    public void Smmlar(Reg to, Reg a, Reg b, Reg plus) => Line($"smmlar {to}, {a}, {b}, {plus}");

    /// <summary>to = the low half of a * the low half of b + plus.</summary>
    public void Smlabb(Reg to, Reg a, Reg b, Reg plus) => Line($"smlabb {to}, {a}, {b}, {plus}");

    /// <summary>Adds both halves, each saturated.</summary>
    public void Qadd16(Reg to, Reg a, Reg b) => Line($"qadd16 {to}, {a}, {b}");

    /// <summary>to = the high 32 of 48 bits of a * the low half of b, + plus.</summary>
    public void Smlawb(Reg to, Reg a, Reg b, Reg plus) => Line($"smlawb {to}, {a}, {b}, {plus}");

    /// <summary>One half of a * one half of b.</summary>
    public void SmulHalves(Reg to, Reg a, bool topA, Reg b, bool topB) => Line($"smul{(topA ? "t" : "b")}{(topB ? "t" : "b")} {to}, {a}, {b}");

    /// <summary>Sixteen bits, signed, after a shift to the right.</summary>
    public void Sat16(Reg what, int shift = 0) => Line($"ssat {what}, #16, {what}{Shift("asr", shift)}");

    /// <summary>So many bits, signed, after a shift to the left.</summary>
    public void Saturate(Reg what, int bits, int shiftLeft = 0) => Line($"ssat {what}, #{bits}, {what}{Shift("lsl", shiftLeft)}");

    /// <summary>what = max(what, limit) or min(what, limit).</summary>
    public void Limit(Reg what, Reg limit, bool low)
    {
        Line($"cmp {what}, {limit}");
        Line($"it {(low ? "lt" : "gt")}");
        Line($"mov{(low ? "lt" : "gt")} {what}, {limit}");
    }

    /// <summary>The sum of the differences of unsigned bytes.</summary>
    public void Usad8(Reg to, Reg a, Reg b) => Line($"usad8 {to}, {a}, {b}");

    public void Qadd(Reg to, Reg a, Reg b) => Line($"qadd {to}, {a}, {b}");

    public void Qsub(Reg to, Reg a, Reg b) => Line($"qsub {to}, {a}, {b}");

    /// <summary>An integer as a float.</summary>
    public void VcvtToFloat(Fp to, Fp from) => Line($"vcvt.f32.s32 {to}, {from}");

    /// <summary>A float without its fraction, cut to an int32.</summary>
    public void VcvtToInteger(Fp to, Fp from) => Line($"vcvt.s32.f32 {to}, {from}");

    /// <summary>A float with so many bits of fraction, the rest dropped, cut to an int32; NaN becomes 0.</summary>
    public void VcvtToFixed(Fp what, int fractionBits) => Line($"vcvt.s32.f32 {what}, {what}, #{fractionBits}");

    public void Vdiv(Fp to, Fp a, Fp b) => Line($"vdiv.f32 {to}, {a}, {b}");

    public void Vmul(Fp to, Fp a, Fp b) => Line($"vmul.f32 {to}, {a}, {b}");

    public void Vadd(Fp to, Fp a, Fp b) => Line($"vadd.f32 {to}, {a}, {b}");

    public void Vsub(Fp to, Fp a, Fp b) => Line($"vsub.f32 {to}, {a}, {b}");

    /// <summary>what = what within -limit and limit.</summary>
    public void LimitBoth(Reg what, Reg limit)
    {
        Limit(what, limit, low: false);
        Line($"cmn {what}, {limit}");
        Line($"it lt");
        Line($"rsblt {what}, {limit}, #0");
    }

    /// <summary>to = plus + one byte of a word, sign extended.</summary>
    public void AddByte(Reg to, Reg plus, Reg from, int index) => Line($"sxtab {to}, {plus}, {from}{Shift("ror", 8 * index)}");

    public void Mul(Reg to, Reg a, Reg b) => Line($"mul {to}, {a}, {b}");
}
