namespace Veil.Evaluation.Privacy.Restorations;

/// <summary>
/// The linear filter that brings a blurred picture nearest to the original on average (Wiener, 1949; Gonzalez and Woods,
/// "Digital Image Processing", 5.8), for a known kernel and a mirrored border. Thread-safe.
/// </summary>
/// <remarks>
/// What stands against it is rounding to whole grey levels alone: no camera comes between. Pictures are expected to have the
/// usual contrast and a power spectrum that falls with frequency: with its square in natural scenes (Field, 1987), a little faster
/// in faces. With 2.5, forty crops of LFW were restored best or within 0.1 dB of it, whatever the blur.
/// </remarks>
internal sealed class WienerFilter
{
    // Rounding gives 1/12; the blur itself is exact to a fraction of a grey level, and is rounded to 1/256 between its passes.
    private const double Noise = 0.12;
    private const double Contrast = 50;
    private const double Falloff = 2.5;

    private readonly CosineTransform _transform;
    private readonly float[] _blur;
    private readonly float[] _restore;

    public WienerFilter(int width, int height, BlurKernel across, BlurKernel down)
    {
        _transform = new CosineTransform(width, height);
        (_blur, _restore) = (new float[width * height], new float[width * height]);
        var (columns, rows) = (across.Response(width), down.Response(height));

        // The spectrum's scale gives the picture its usual variance in all.
        var total = 0.0;
        for (var i = 1; i < width * height; i++)
        {
            total += Power(i);
        }

        var signal = total > 0 ? Contrast * Contrast * width * height / total : 1;
        for (var i = 0; i < _blur.Length; i++)
        {
            var response = rows[i / width] * columns[i % width];
            var noiseToSignal = i == 0 ? 0 : Noise / (signal * Power(i));
            _blur[i] = (float)response;
            _restore[i] = (float)(response / ((response * response) + noiseToSignal));
        }

        double Power(int i)
        {
            var (v, u) = ((double)(i / width) / height, (double)(i % width) / width);
            return Math.Pow(((u * u) + (v * v)) * width * height, -Falloff / 2);
        }
    }

    /// <summary>Blurs pixels as the method did.</summary>
    public float[] Blur(ReadOnlySpan<float> pixels) => Weighted(pixels, _blur);

    /// <summary>The pixels that these are most likely the blur of.</summary>
    public float[] Restore(ReadOnlySpan<float> pixels) => Weighted(pixels, _restore);

    private float[] Weighted(ReadOnlySpan<float> pixels, float[] weights)
    {
        var waves = _transform.Analyse(pixels);
        for (var i = 0; i < waves.Length; i++)
        {
            waves[i] *= weights[i];
        }

        return _transform.Compose(waves);
    }
}
