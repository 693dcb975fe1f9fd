using System.Diagnostics;
using System.Globalization;

namespace Veil.Studio.Browser.Tests.Live;

/// <summary>A browser whose camera plays a clip: a generated portrait, in its place all the time.</summary>
public class CameraBrowser : StudioBrowser, IDisposable
{
    /// <summary>The collection that tests belong to.</summary>
    public new const string Collection = "browser with a camera";

    /// <summary>Eyes, nose and mouth in the camera's picture, as fractions of it.</summary>
    public const double Left = 0.455, Right = 0.545, Top = 0.40, Bottom = 0.62;

    private const string Portrait = "synthetic-portraits/portrait-002.jpg";

    // Firefox plays no clip as its camera: there the page is given a track of the clip's first picture, drawn again and again beside the page.
    private const string Drawn = """
        if (navigator.mediaDevices) {
          const [canvas, picture] = [document.createElement('canvas'), new Image()];
          [canvas.width, canvas.height, picture.src] = [1280, 720, 'data:image/jpeg;base64,PICTURE'];
          const context = canvas.getContext('2d');
          const draw = context.drawImage.bind(context);
          const decoded = picture.decode().then(() => setInterval(() => draw(picture, 0, 0), 50));
          const device = { kind: 'videoinput', deviceId: 'drawn', label: 'Drawn camera' };
          navigator.mediaDevices.enumerateDevices = async () => [device];
          navigator.mediaDevices.getUserMedia = async () => { await decoded; return canvas.captureStream(20); };
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private string _drawn = "";

    /// <summary>Why tests have to be skipped, or null.</summary>
    public static new string? Missing => StudioBrowser.Missing ?? MissingClip;

    /// <summary>Why there is nothing to play, or null.</summary>
    public static string? MissingClip { get; } = Ffmpeg.Missing ?? (SharedData.Has(Portrait) ? null : $"needs ../shared/data/{Portrait}");

    /// <summary>How much detail the place has when nothing covers it: the standard deviation of its brightness.</summary>
    public double Clear { get; private set; }

    private string Clip => _folder["camera.mjpeg"];

    /// <inheritdoc/>
    protected override async Task PrepareAsync(IPage page)
    {
        if (Kind == BrowserKind.Firefox)
        {
            await page.AddInitScriptAsync(_drawn);
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> MoreArguments => ["--use-file-for-fake-video-capture=" + Clip];

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if ((Kind.Missing ?? MissingClip) is not null)
        {
            return;
        }

        await FfmpegAsync(
            "-f", "lavfi", "-i", "color=0x405060:s=1280x720:r=20:d=2", "-loop", "1", "-i", SharedData.Path(Portrait), "-filter_complex",
            "[1]scale=420:420[p];[0][p]overlay=x=430:y=150:shortest=1", "-t", "2", "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "3", Clip);
        var first = await FfmpegAsync("-i", Clip, "-frames:v", "1", "-f", "mjpeg", "-q:v", "3", "pipe:1");
        _drawn = Drawn.Replace("PICTURE", Convert.ToBase64String(first), StringComparison.Ordinal);
        Clear = (await DetailsAsync(Clip)).Min();
        Assert.True(Clear > 20, $"the portrait itself has little detail: {Clear}");
        await base.InitializeAsync();
    }

    /// <summary>How much detail the place has in each frame of a picture or film.</summary>
    /// <param name="file">The picture or film.</param>
    /// <param name="from">Where to jump to first.</param>
    public static async Task<IReadOnlyList<double>> DetailsAsync(string file, TimeSpan from = default)
    {
        const int width = 320, height = 180;
        var frames = await FfmpegAsync("-ss", from.TotalSeconds.ToString(CultureInfo.InvariantCulture), "-i", file, "-vf", $"scale={width}:{height}", "-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough", "pipe:1");
        var details = new List<double>();
        for (var start = 0; start + (width * height) <= frames.Length; start += width * height)
        {
            var values = new List<double>();
            for (var y = (int)(Top * height); y < (int)(Bottom * height); y++)
            {
                for (var x = (int)(Left * width); x < (int)(Right * width); x++)
                {
                    values.Add(frames[start + (y * width) + x]);
                }
            }

            var mean = values.Average();
            details.Add(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
        }

        return details;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static async Task<byte[]> FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", .. arguments]) { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}

/// <summary>Shares the browser among the tests with a camera, which run beside no others.</summary>
[CollectionDefinition(CameraBrowser.Collection, DisableParallelization = true)]
public sealed class CameraTests : ICollectionFixture<CameraBrowser>;

/// <summary>A test that needs the browser with a camera; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CameraFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public CameraFactAttribute() => Skip = CameraBrowser.Missing;
}

/// <summary>A test with data that needs the browser with a camera; it skips, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CameraTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for it.</summary>
    public CameraTheoryAttribute() => Skip = CameraBrowser.Missing;
}
