// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Compiler;

/// <summary>Names that come from a model file, for messages: a hostile one must not drive a terminal or fill a screen.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    /// <summary>The name in quotes, shortened, with control characters replaced.</summary>
    public static string Name(string name)
    {
        var text = new StringBuilder("\"");

        foreach (var letter in name.Length <= Longest ? name : name[..Longest])
        {
            text.Append(char.IsControl(letter) ? '?' : letter);
        }

        return text.Append(name.Length <= Longest ? "\"" : "...\"").ToString();
    }
}
