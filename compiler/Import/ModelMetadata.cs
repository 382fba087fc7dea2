// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>What the image carries about the model besides its computation.</summary>
internal static class ModelMetadata
{
    /// <summary>"description" when there is one, and "labels", one a line, when the file has metadata of that name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(TfliteModel model)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (model.Description.Length > 0)
        {
            pairs.Add(new("description", model.Description));
        }

        foreach (var labels in model.Metadata.Where(metadata => metadata.Name == "labels"))
        {
            pairs.Add(new("labels", Encoding.UTF8.GetString(labels.Data.Span)));
        }

        return pairs;
    }
}
