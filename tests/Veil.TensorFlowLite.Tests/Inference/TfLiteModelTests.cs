using Veil.Errors;
using Veil.TensorFlowLite.Inference;

namespace Veil.TensorFlowLite.Tests.Inference;

public sealed class TfLiteModelTests
{
    [Fact]
    public void A_network_says_what_it_takes_and_gives()
    {
        using var model = new TfLiteModel(Models.Network);
        using var interpreter = new TfLiteInterpreter(model);
        Assert.Equal("Floating 1×256×256×3", Assert.Single(interpreter.Inputs).ToString());
        Assert.Contains(interpreter.Outputs, output => output.Length == 478 * 3);
    }

    [Fact]
    public void An_interpreter_outlives_its_model_and_repeats_itself()
    {
        var model = new TfLiteModel(Models.Network);
        using var one = new TfLiteInterpreter(model);
        using var other = new TfLiteInterpreter(model);
        model.Dispose();
        Assert.Equal(Run(one), Run(other));
        Assert.Equal(Run(one), Run(other));
    }

    [Fact]
    public void Interpreters_of_one_model_work_side_by_side()
    {
        using var model = new TfLiteModel(Models.Network);
        var results = new float[4][];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var interpreter = new TfLiteInterpreter(model);
            results[i] = Run(interpreter);
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        foreach (var bytes in new byte[][] { [], [1, 2, 3], new byte[4096], "PK\u0003\u0004 and more"u8.ToArray() })
        {
            Refused(() => new TfLiteModel(bytes).Dispose());
        }
    }

    [Fact]
    public void A_model_cut_short_anywhere_is_refused()
    {
        var network = Models.Network;
        foreach (var length in new[] { 8, 16, 100, 5_000, network.Length / 2, network.Length - 1_000 })
        {
            Refused(() =>
            {
                using var model = new TfLiteModel(network.AsSpan(0, length));
                new TfLiteInterpreter(model).Dispose();
            });
        }
    }

    [Fact]
    public void A_model_whose_tables_are_garbage_is_refused()
    {
        var broken = Models.Network.ToArray();
        broken.AsSpan(8, 4096).Fill(0xFF);
        Refused(() => new TfLiteModel(broken).Dispose());
    }

    [Fact]
    public void What_is_disposed_is_not_used_any_more()
    {
        using var model = new TfLiteModel(Models.Network);
        var interpreter = new TfLiteInterpreter(model);
        interpreter.Dispose();
        interpreter.Dispose();
        Assert.Throws<ObjectDisposedException>(interpreter.Invoke);
        Assert.Throws<ObjectDisposedException>(() => interpreter.Input(0).Length);
    }

    private static float[] Run(TfLiteInterpreter interpreter)
    {
        var input = interpreter.Input(0);
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = i * 7919 % 256 / 255f;
        }

        interpreter.Invoke();
        return interpreter.Output(0).ToArray();
    }

    private static void Refused(Action load) => Assert.Equal(VeilErrorCode.InvalidModel, Assert.Throws<VeilException>(load).Code);
}
