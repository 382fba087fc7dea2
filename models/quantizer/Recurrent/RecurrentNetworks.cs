// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Recurrent;

/// <summary>The recurrent networks of docs/RECURRENT.md, after public Keras descriptions.</summary>
/// <param name="Build">Gets the model and a number of time steps; gives the file.</param>
internal sealed record RecurrentNetwork(string Name, string Source, int Steps, Func<RecurrentModel, int, byte[]> Build)
{
    private const int Seed = 1;

    public static IReadOnlyList<RecurrentNetwork> All { get; } =
    [
        new("simple_lstm", "Keras, Working with RNNs: Embedding(1000, 64), LSTM(128), Dense(10)", 100, (model, steps) =>
            model.File("simple LSTM", model.Dense(model.Last(model.Lstm(model.Embedding(steps, 1000, 64), 128)), 10))),
        new("weather_tutorial", "TensorFlow, Time series forecasting: 24 hours of 19 features, LSTM(32) of every step, Dense(1)", 24, (model, steps) =>
            model.File("weather forecast of every hour", model.Dense(model.Lstm(model.Features(steps, 19), 32), 1))),
        new("weather_keras", "Keras, Timeseries forecasting for weather prediction: 120 hours of 7 features, LSTM(32), Dense(1)", 120, (model, steps) =>
            model.File("weather forecast", model.Dense(model.Last(model.Lstm(model.Features(steps, 7), 32)), 1))),
        new("text_keras", "Keras, Character-level text generation with LSTM: 40 of 57 characters, LSTM(128), Dense(57), softmax", 40, (model, steps) =>
            model.File("character text generation", model.Softmax(model.Dense(model.Last(model.Lstm(model.Features(steps, 57), 128)), 57)))),
        new("text_256", "TensorFlow, Text generation with an RNN, smaller: Embedding(66, 50), LSTM(256) of every step, Dense(66)", 200, (model, steps) =>
            model.File("text generation", model.Dense(model.Lstm(model.Embedding(steps, 66, 50), 256), 66))),
        new("text_512", "the same: Embedding(66, 100), LSTM(512) of every step, Dense(66)", 100, (model, steps) =>
            model.File("text generation", model.Dense(model.Lstm(model.Embedding(steps, 66, 100), 512), 66))),
        new("bidirectional", "Keras, Working with RNNs: 5 steps of 10 features, Bidirectional(LSTM(64)) of every step, Bidirectional(LSTM(32)), Dense(10)", 5, (model, steps) =>
            model.File("bidirectional LSTM", model.Dense(model.Bidirectional(model.Bidirectional(model.Features(steps, 10), 64, everyStep: true), 32, everyStep: false), 10))),
    ];

    /// <summary>Equal calls give equal bytes.</summary>
    public byte[] File(int? steps = null) => Build(new RecurrentModel(Seed), steps ?? Steps);
}
