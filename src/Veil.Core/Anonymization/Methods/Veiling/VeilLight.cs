using System.Numerics;

namespace Veil.Anonymization.Methods.Veiling;

/// <summary>
/// The veil's light in luma steps around 0: soft volume, brighter above, and two broad waves from the seed. It is a sum of
/// products of a column profile and a row factor, so that a row costs a few multiplications a pixel and no table grows
/// beyond one row.
/// </summary>
internal sealed class VeilLight
{
    private const int Profiles = 6;

    // Beyond the box only the soft edge is drawn; shading must not run away where a mask reaches further.
    private const float Farthest = 1.4f;

    // Height of the brightest row. Above it shade falls faster than below: most heads have hair or a hat there.
    private const float Brightest = 0.05f;

    private readonly float[] _profiles;
    private readonly int _width;
    private readonly float _side;
    private readonly float _strength;
    private readonly Wave _first;
    private readonly Wave _second;

    /// <summary>Sets the light of a region up.</summary>
    /// <param name="width">Columns of the canvas.</param>
    /// <param name="center">Horizontal centre of the region's box in canvas coordinates.</param>
    /// <param name="half">Half the box's width, pixels.</param>
    /// <param name="strength">Luma steps; 0 gives a flat field.</param>
    /// <param name="random">Where the light falls from.</param>
    public VeilLight(int width, float center, float half, float strength, SplitMix64 random)
    {
        (_width, _strength) = (width, strength);
        _side = random.Below(2) == 0 ? -0.12f : 0.12f;
        _first = new Wave(2.3f, 1.7f, random.NextFloat() * MathF.Tau);
        _second = new Wave(-1.9f, 3.1f, random.NextFloat() * MathF.Tau);
        _profiles = new float[Profiles * width];
        for (var x = 0; x < width; x++)
        {
            var u = Math.Clamp((x + 0.5f - center) / half, -Farthest, Farthest);
            _profiles[x] = 1;
            _profiles[width + x] = (u - _side) * (u - _side);
            _profiles[(2 * width) + x] = MathF.Cos(_first.Across * u);
            _profiles[(3 * width) + x] = MathF.Sin(_first.Across * u);
            _profiles[(4 * width) + x] = MathF.Cos(_second.Across * u);
            _profiles[(5 * width) + x] = MathF.Sin(_second.Across * u);
        }
    }

    /// <summary>The light of one row.</summary>
    /// <param name="v">Height in the box: −1 top, 1 bottom.</param>
    /// <param name="light">As long as the canvas is wide.</param>
    public void Row(float v, Span<float> light)
    {
        Span<float> factors = stackalloc float[Profiles];
        Factors(v, factors);
        var x = 0;
        for (; x <= _width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var p = 0; p < Profiles; p++)
            {
                sum += new Vector<float>(_profiles, (p * _width) + x) * factors[p];
            }

            sum.CopyTo(light[x..]);
        }

        RowScalar(factors, light, x);
    }

    /// <summary>What <see cref="Row"/> computes, one pixel at a time.</summary>
    public void RowScalar(float v, Span<float> light)
    {
        Span<float> factors = stackalloc float[Profiles];
        Factors(v, factors);
        RowScalar(factors, light, 0);
    }

    private void RowScalar(ReadOnlySpan<float> factors, Span<float> light, int from)
    {
        for (var x = from; x < _width; x++)
        {
            var sum = 0f;
            for (var p = 0; p < Profiles; p++)
            {
                sum += _profiles[(p * _width) + x] * factors[p];
            }

            light[x] = sum;
        }
    }

    private void Factors(float v, Span<float> factors)
    {
        v = Math.Clamp(v, -Farthest, Farthest);
        var (first, second) = (_first.Along(v), _second.Along(v));
        var fall = v < Brightest ? (Brightest - v) * (Brightest - v) * 0.85f : (v - Brightest) * (v - Brightest) * 0.5f;
        factors[0] = (0.35f - fall) * _strength;
        factors[1] = -0.28f * _strength;

        // cos(a + b) = cos a cos b − sin a sin b makes the wave a product of column and row.
        factors[2] = 0.14f * first.Cos * _strength;
        factors[3] = -0.14f * first.Sin * _strength;
        factors[4] = 0.11f * second.Cos * _strength;
        factors[5] = -0.11f * second.Sin * _strength;
    }

    private readonly record struct Wave(float Across, float Down, float Phase)
    {
        public (float Sin, float Cos) Along(float v) => MathF.SinCos((Down * v) + Phase);
    }
}
