// SPDX-License-Identifier: MIT
using System.Globalization;

namespace TinyInfer.Quantizer;

/// <summary>Keeps the table of measured accuracy in a model's README, between the two marks, equal to what was measured.</summary>
internal static class ModelReadme
{
    private const string Begin = "<!-- measured -->";
    private const string End = "<!-- /measured -->";

    /// <param name="integer">What the integers of the file are.</param>
    public static void Update(string path, Accuracy accuracy, string integer, int fileBytes)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : $"{Begin}\n{End}\n";
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new QuantizerException($"'{path}' has no '{Begin}' before '{End}', so there is no place for the measured accuracy");
        }

        File.WriteAllText(path, text[..(begin + Begin.Length)] + "\n" + Table(accuracy, integer, fileBytes) + text[end..]);
    }

    private static string Table(Accuracy accuracy, string integer, int fileBytes)
    {
        var table = $"""
            | on {accuracy.Samples} held-out samples | right |
            |---|---|
            | float | {Share(accuracy.FloatRight)} |
            | {integer} | {Share(accuracy.IntegerRight)} |

            """;
        if (accuracy is { WithoutGate: { } whole, Early: { } early })
        {
            table += $"""
                | the same, always the whole network | {Share(whole)} |
                | samples that the first stage answers alone | {Share(early)} |

                """;
        }

        if (accuracy is { LibraryRight: { } right, LibraryDifferent: { } different })
        {
            table += $"""
                | int8, the file in TensorFlow Lite 2.9.0 | {Share(right)} |
                | samples where its output differs from our reference set to its rules | {different} |

                """;
        }

        return $"{table}\nFile: {fileBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes.\n";

        string Share(int count) => (100.0 * count / accuracy.Samples).ToString("F2", CultureInfo.InvariantCulture) + " %";
    }
}
