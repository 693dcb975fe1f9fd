using System.Numerics;

namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>
/// A picture as a sum of cosine waves and back: the transform DCT-I, whose waves are mirrored about the centres of the outermost
/// pixels as <c>reflect-101</c> borders are (Martucci, "Symmetric convolution and the discrete sine and cosine transforms", 1994).
/// By plain matrix products: pictures here have a hundred pixels a side. Thread-safe.
/// </summary>
internal sealed class CosineTransform
{
    private readonly float[] _analyseDown, _analyseAcross, _composeDown, _composeAcross;

    public CosineTransform(int width, int height)
    {
        (Width, Height) = (width, height);
        (_analyseDown, _composeDown) = Matrices(height);
        var (analyse, compose) = Matrices(width);
        (_analyseAcross, _composeAcross) = (Turned(analyse, width), Turned(compose, width));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Amplitudes of the waves, row after row by their number down and across.</summary>
    public float[] Analyse(ReadOnlySpan<float> pixels) => Multiply(Multiply(_analyseDown, pixels, Height, Height, Width), _analyseAcross, Height, Width, Width);

    /// <summary>The pixels of these waves.</summary>
    public float[] Compose(ReadOnlySpan<float> amplitudes) => Multiply(Multiply(_composeDown, amplitudes, Height, Height, Width), _composeAcross, Height, Width, Width);

    private static (float[] Analyse, float[] Compose) Matrices(int length)
    {
        if (length == 1)
        {
            return ([1], [1]);
        }

        var (analyse, compose) = (new float[length * length], new float[length * length]);
        for (var k = 0; k < length; k++)
        {
            for (var x = 0; x < length; x++)
            {
                // The product is taken modulo its period in integers: cosines of large angles lose digits.
                var wave = Math.Cos(Math.PI * ((long)k * x % (2 * (length - 1))) / (length - 1));
                analyse[(k * length) + x] = (float)(wave * 2 / (length - 1) * Half(k) * Half(x));
                compose[(x * length) + k] = (float)wave;
            }
        }

        return (analyse, compose);

        double Half(int index) => index == 0 || index == length - 1 ? 0.5 : 1;
    }

    private static float[] Turned(float[] matrix, int side)
    {
        var turned = new float[matrix.Length];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                turned[(column * side) + row] = matrix[(row * side) + column];
            }
        }

        return turned;
    }

    /// <summary>The product of a matrix of <paramref name="rows"/> × <paramref name="inner"/> and one of <paramref name="inner"/> × <paramref name="columns"/>.</summary>
    private static float[] Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int rows, int inner, int columns)
    {
        var product = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var target = product.AsSpan(row * columns, columns);
            for (var i = 0; i < inner; i++)
            {
                AddScaled(right.Slice(i * columns, columns), left[(row * inner) + i], target);
            }
        }

        return product;
    }

    private static void AddScaled(ReadOnlySpan<float> from, float factor, Span<float> to)
    {
        var scale = new Vector<float>(factor);
        var x = 0;
        for (; x <= to.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            ((new Vector<float>(from[x..]) * scale) + new Vector<float>(to[x..])).CopyTo(to[x..]);
        }

        for (; x < to.Length; x++)
        {
            to[x] += from[x] * factor;
        }
    }
}
