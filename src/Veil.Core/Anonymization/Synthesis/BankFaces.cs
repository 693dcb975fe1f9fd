using Veil.Anonymization.Faces;
using Veil.Anonymization.Methods;
using Veil.Anonymization.Methods.Veiling;
using Veil.Imaging;
using Veil.Kernels;
using Veil.Regions;

namespace Veil.Anonymization.Synthesis;

/// <summary>Faces from a bank of generated ones: one that suits is bent to the place, and takes its tone.</summary>
internal sealed class BankFaces : IPersonSynthesis
{
    private const int Suitable = 8;

    private readonly SyntheticOptions _options;
    private readonly IReadOnlyList<(FacePicture Face, FaceLook Look)> _bank;

    public BankFaces(SyntheticOptions options, IReadOnlyList<GeneratedFace> bank)
    {
        _options = options;
        _bank = [.. bank.Select(face => CanonicalFace.From(new FacePicture(face.Picture, FaceShape.Of(face.Face)))).Select(face => (face, AverageFace.LookOf(face)))];
    }

    /// <inheritdoc/>
    public PixelRect Reads(Region region, RegionMask mask) => mask.Bounds.Inflate(FaceBlend.Margin);

    /// <inheritdoc/>
    public void Draw(CoveredScene scene, IReadOnlyList<RegionCanvas> canvases)
    {
        foreach (var canvas in canvases)
        {
            Draw(scene, canvas);
        }
    }

    /// <inheritdoc/>
    public IPersonSynthesis ForFilm() => this;

    private void Draw(CoveredScene scene, RegionCanvas canvas)
    {
        var domain = FaceBlend.Domain(scene, canvas);
        var box = canvas.Region.Box.Offset(-domain.Left, -domain.Top);
        var shape = FaceShape.Of(canvas.Region).Map(point => new(point.X - domain.Left, point.Y - domain.Top));
        using var covered = scene.Original.View(canvas.Area);
        var ink = VeilPalette.Ink(VeilMeter.Measure(canvas, covered));
        var tone = ColourStatistics.Opponents(ink.Base.X, ink.Base.Y, ink.Base.Z);
        var look = FaceLook.Of(shape, tone.X);
        var random = canvas.Random(_options.Seed);
        var suitable = _bank.OrderBy(one => one.Look.DistanceTo(look)).Take(Suitable).ToList();
        var chosen = suitable[random.Below(suitable.Count)].Face;
        using var mirrored = shape.Yaw < 0 ? chosen.Mirrored() : null;
        var face = mirrored ?? chosen;
        using var patch = new PixelBuffer(domain.Width, domain.Height, PixelFormat.Rgb24);
        FaceWarp.Draw(face, patch, FaceFit.Fit(face.Shape, shape, 1), box);
        var own = FaceBlend.Measure(face.Pixels, CanonicalFace.Box, static (_, _) => true);
        FaceBlend.Match(patch, own, own with { Mean = tone });
        FaceBlend.Lay(scene, canvas, patch);
    }
}
