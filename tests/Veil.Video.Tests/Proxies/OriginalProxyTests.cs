using Veil.Video.Proxies;

namespace Veil.Video.Tests.Proxies;

public sealed class OriginalProxyTests
{
    private const int Frames = 50;

    [FfmpegFact]
    public async Task Whoever_gives_up_at_any_moment_hears_that_it_was_given_up_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var film = Clip.Make(folder["film.mp4"], Clip.Source + " -pix_fmt yuv420p");
        var segments = new ProxySegments([.. Enumerable.Range(0, Frames).Select(frame => TimeSpan.FromMilliseconds(40 * frame))]);
        var beginning = Environment.TickCount64;
        OriginalProxy.Make(film, ProxySize.For(192, 108), segments, static (_, _) => { }, default);
        var whole = Environment.TickCount64 - beginning;
        for (var part = 0; part < 6; part++)
        {
            using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(whole * part / 6.0));
            try
            {
                await Task.Run(() => OriginalProxy.Make(film, ProxySize.For(192, 108), segments, static (_, _) => { }, given.Token));
            }
            catch (OperationCanceledException)
            {
                // That is what was asked for; being done already is no mistake either.
            }
        }
    }
}
