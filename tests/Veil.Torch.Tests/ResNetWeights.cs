namespace Veil.Torch.Tests;

/// <summary>Weights of ResNet-50's shape, drawn so that signals neither grow nor vanish.</summary>
internal static class ResNetWeights
{
    public static IReadOnlyList<InitialWeight> Random(int seed)
    {
        var random = new Random(seed);
        var weights = new List<InitialWeight>();
        Add(weights, random, "conv1", "bn_conv1", 7, 3, 64);
        int[] blocks = [3, 4, 6, 3];
        var input = 64;
        for (var stage = 2; stage <= 5; stage++)
        {
            var width = 64 << (stage - 2);
            for (var block = 0; block < blocks[stage - 2]; block++)
            {
                var name = $"{stage}{(char)('a' + block)}_branch";
                Add(weights, random, $"res{name}2a", $"bn{name}2a", 1, input, width);
                Add(weights, random, $"res{name}2b", $"bn{name}2b", 3, width, width);
                Add(weights, random, $"res{name}2c", $"bn{name}2c", 1, width, width * 4);
                if (block == 0)
                {
                    Add(weights, random, $"res{name}1", $"bn{name}1", 1, input, width * 4);
                }

                input = width * 4;
            }
        }

        return weights;
    }

    private static void Add(List<InitialWeight> weights, Random random, string convolution, string normalization, int side, int input, int output)
    {
        var limit = MathF.Sqrt(6f / (side * side * input));
        weights.Add(new InitialWeight($"{convolution}/kernel", [side, side, input, output], Draw(side * side * input * output, -limit, limit)));
        weights.Add(new InitialWeight($"{convolution}/bias", [output], Draw(output, -0.1f, 0.1f)));
        weights.Add(new InitialWeight($"{normalization}/gamma", [output], Draw(output, 0.5f, 1)));
        weights.Add(new InitialWeight($"{normalization}/beta", [output], Draw(output, -0.1f, 0.1f)));
        weights.Add(new InitialWeight($"{normalization}/moving_mean", [output], Draw(output, -0.1f, 0.1f)));
        weights.Add(new InitialWeight($"{normalization}/moving_variance", [output], Draw(output, 0.8f, 1.2f)));

        float[] Draw(int count, float from, float to)
        {
            var values = new float[count];
            for (var i = 0; i < count; i++)
            {
                values[i] = from + (random.NextSingle() * (to - from));
            }

            return values;
        }
    }
}
