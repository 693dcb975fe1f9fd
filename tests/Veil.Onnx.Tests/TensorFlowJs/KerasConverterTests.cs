namespace Veil.Onnx.Tests.TensorFlowJs;

/// <summary>Each layer with numbers computed by hand. Inputs and results are planes; kernels lie as Keras stores them.</summary>
public class KerasConverterTests
{
    private const string Last = "\"data_format\":\"channels_last\"";

    [Fact]
    public void Zeros_are_added_above_below_left_and_right() => Equal(
        [0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0],
        new TinyKerasModel(1, 1, 1).Layer("ZeroPadding2D", "pad", "\"padding\":[[1,2],[1,1]]," + Last).Run(5));

    [Fact]
    public void A_convolution_correlates_and_adds_its_bias() => Equal(
        [1 + (2 * 10) + (4 * 100) + (5 * 1000) + 0.5f, 2 + (3 * 10) + (5 * 100) + (6 * 1000) + 0.5f],
        Convolution(new TinyKerasModel(2, 3, 1), (2, 2), (1, 1), "valid", 1, "linear")
            .Weight("conv/kernel", [2, 2, 1, 1], 1, 10, 100, 1000).Weight("conv/bias", [1], 0.5f)
            .Run(1, 2, 3, 4, 5, 6));

    [Fact]
    public void A_kernel_lies_row_by_row_then_by_input_then_by_output() => Equal(
        [(2 * 1) + (3 * 4), (2 * 2) + (3 * 5), (2 * 3) + (3 * 6)],
        Convolution(new TinyKerasModel(1, 1, 2), (1, 1), (1, 1), "valid", 3, "linear")
            .Weight("conv/kernel", [1, 1, 2, 3], 1, 2, 3, 4, 5, 6).Weight("conv/bias", [3], 0, 0, 0)
            .Run(2, 3));

    [Fact]
    public void Same_padding_puts_the_odd_row_and_column_at_the_end()
    {
        // Four columns in steps of two under a kernel of three need one more column: TensorFlow adds it at the right.
        var model = Convolution(new TinyKerasModel(4, 4, 1), (3, 3), (2, 2), "same", 1, "linear")
            .Weight("conv/kernel", [3, 3, 1, 1], 1, 1, 1, 1, 1, 1, 1, 1, 1).Weight("conv/bias", [1], 0);
        Equal([1 + 2 + 3 + 5 + 6 + 7 + 9 + 10 + 11, 3 + 4 + 7 + 8 + 11 + 12, 9 + 10 + 11 + 13 + 14 + 15, 11 + 12 + 15 + 16], model.Run([.. Enumerable.Range(1, 16).Select(i => (float)i)]));
    }

    [Fact]
    public void A_step_of_two_under_a_kernel_of_one_needs_no_padding() => Equal(
        [1, 3],
        Convolution(new TinyKerasModel(1, 4, 1), (1, 1), (1, 2), "same", 1, "linear").Weight("conv/kernel", [1, 1, 1, 1], 1).Weight("conv/bias", [1], 0).Run(1, 2, 3, 4));

    [Fact]
    public void A_dilated_kernel_reaches_further() => Equal(
        [1 + 30],
        new TinyKerasModel(1, 3, 1)
            .Layer("Conv2D", "conv", "\"filters\":1,\"kernel_size\":[1,2],\"strides\":[1,1],\"dilation_rate\":[1,2],\"padding\":\"valid\",\"use_bias\":false,\"activation\":\"linear\"," + Last)
            .Weight("conv/kernel", [1, 2, 1, 1], 1, 10)
            .Run(1, 2, 3));

    [Fact]
    public void An_activation_may_be_the_last_step_of_a_layer() => Equal(
        [0, 2],
        Convolution(new TinyKerasModel(1, 2, 1), (1, 1), (1, 1), "valid", 1, "relu").Weight("conv/kernel", [1, 1, 1, 1], 1).Weight("conv/bias", [1], -1).Run(-5, 3));

    [Fact]
    public void A_large_kernel_is_transposed_as_a_small_one()
    {
        const int inputs = 37;
        const int outputs = 70;
        float[] kernel = [.. Enumerable.Range(0, 2 * inputs * outputs).Select(i => (i * 7919 % 101) - 50f)];
        float[] picture = [.. Enumerable.Range(0, 2 * inputs).Select(i => (i * 31 % 17) - 8f)];
        var expected = new float[outputs];
        for (var o = 0; o < outputs; o++)
        {
            for (var i = 0; i < inputs; i++)
            {
                expected[o] += (picture[2 * i] * kernel[(i * outputs) + o]) + (picture[(2 * i) + 1] * kernel[((inputs + i) * outputs) + o]);
            }
        }

        Equal(expected, Convolution(new TinyKerasModel(1, 2, inputs), (1, 2), (1, 1), "valid", outputs, "linear")
            .Weight("conv/kernel", [1, 2, inputs, outputs], kernel).Weight("conv/bias", [outputs], new float[outputs]).Run(picture));
    }

    [Fact]
    public void Batches_are_normalised_by_the_moving_averages() => Equal(
        [(2 * (5 - 1) / 2f) + 3, (10 * (5 - 2) / 5f) + 4],
        new TinyKerasModel(1, 1, 2).Layer("BatchNormalization", "norm", "\"axis\":[3],\"epsilon\":1,\"scale\":true,\"center\":true")
            .Weight("norm/gamma", [2], 2, 10).Weight("norm/beta", [2], 3, 4).Weight("norm/moving_mean", [2], 1, 2).Weight("norm/moving_variance", [2], 3, 24)
            .Run(5, 5));

    [Fact]
    public void Normalising_without_scale_and_centre_needs_no_weights_for_them() => Equal(
        [2],
        new TinyKerasModel(1, 1, 1).Layer("BatchNormalization", "norm", "\"axis\":[3],\"epsilon\":1,\"scale\":false,\"center\":false")
            .Weight("norm/moving_mean", [1], 1).Weight("norm/moving_variance", [1], 3)
            .Run(5));

    [Fact]
    public void A_negative_value_is_no_activation() =>
        Equal([0, 0, 7], new TinyKerasModel(1, 3, 1).Layer("Activation", "relu", "\"activation\":\"relu\"").Run(-3, 0, 7));

    [Fact]
    public void The_greatest_value_under_a_window_is_kept() => Equal(
        [6, 8],
        new TinyKerasModel(2, 4, 1).Layer("MaxPooling2D", "pool", "\"pool_size\":[2,2],\"strides\":[2,2],\"padding\":\"valid\"," + Last).Run(1, 2, 3, 4, 5, 6, 7, 8));

    [Fact]
    public void Padding_is_never_the_greatest_value() => Equal(
        [-1, -3],
        new TinyKerasModel(1, 3, 1).Layer("MaxPooling2D", "pool", "\"pool_size\":[1,2],\"strides\":[1,2],\"padding\":\"same\"," + Last).Run(-1, -2, -3));

    [Fact]
    public void Two_branches_are_added() => Equal(
        [2 + 0, 0 + 0, 8],
        new TinyKerasModel(1, 3, 1).Layer("Activation", "left", "\"activation\":\"relu\"").Layer("Activation", "right", "\"activation\":\"linear\"", "input")
            .Layer("Add", "sum", "", "left", "left").Run(1, -2, 4));

    [Fact]
    public void Features_are_pooled_weighed_and_made_probabilities()
    {
        var result = new TinyKerasModel(1, 2, 2)
            .Layer("GlobalAveragePooling2D", "pool", Last)
            .Layer("Dense", "dense", "\"units\":2,\"use_bias\":true,\"activation\":\"softmax\"")
            .Weight("dense/kernel", [2, 2], 1, 0, 0, 2).Weight("dense/bias", [2], 0, MathF.Log(3) - 6)
            .Run(1, 5, 2, 4);

        // Means 3 and 3, scores 3 and 6 + ln 3 − 6.
        var (first, second) = (MathF.Exp(3), 3f);
        Equal([first / (first + second), second / (first + second)], result);
    }

    private static TinyKerasModel Convolution(TinyKerasModel model, (int Rows, int Columns) kernel, (int Down, int Across) stride, string padding, int filters, string activation) =>
        model.Layer("Conv2D", "conv", $"\"filters\":{filters},\"kernel_size\":[{kernel.Rows},{kernel.Columns}],\"strides\":[{stride.Down},{stride.Across}],\"dilation_rate\":[1,1],\"padding\":\"{padding}\",\"use_bias\":true,\"activation\":\"{activation}\",{Last}");

    private static void Equal(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }
}
