using Veil.Cli.Options;
using Veil.Errors;
using Veil.Explanation;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Regions;

namespace Veil.Cli.Runs;

/// <summary>Draws a step sheet per frame and writes it as PNG. One per worker.</summary>
internal sealed class SheetWriter(ExplainSettings settings) : IFrameObserver
{
    private const float FittedSide = 480;
    private StepSheet? _sheet;

    public void Before(MediaItem item, Frame frame, IReadOnlyList<CoveredRegion> covered)
    {
        _sheet?.Dispose();
        var scale = settings.Scale ?? Math.Min(1, FittedSide / Math.Max(frame.Pixels.Width, frame.Pixels.Height));
        _sheet = new StepSheet(frame.Pixels, covered, scale);
    }

    public void Dispose() => _sheet?.Dispose();

    public void After(MediaItem item, Frame frame)
    {
        using var sheet = _sheet ?? throw new InvalidOperationException("Expected a call to Before first.");
        _sheet = null;
        using var drawn = Picture.FromPixels(sheet.Draw(frame.Pixels), PictureFormat.Png);
        var name = item.Name + (frame.Index == 0 ? "" : $".{frame.Index}") + ".steps.png";
        var path = Path.Combine(settings.Folder, name.Replace('/', Path.DirectorySeparatorChar));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, drawn.Encode());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VeilException(VeilErrorCode.UnwritableOutput, $"The step sheet '{path}' cannot be written: {error.Message}", "", error);
        }
    }
}
