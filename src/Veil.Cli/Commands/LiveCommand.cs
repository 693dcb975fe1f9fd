using System.CommandLine;
using System.Globalization;
using Veil.Cli.Options;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Cli.Commands;

/// <summary><c>veil live SOURCE SINK</c>: a camera or stream in, the same picture with everybody covered out.</summary>
internal static class LiveCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = "A camera (/dev/video0), an address (rtsp://…, http://…, udp://…, srt://…), or a file, played at its own pace." };
        var sink = new Argument<string>("sink") { Description = "An address to stream to, a loopback device (/dev/video9), a file (with %03d in pieces of a minute), or page:PORT for a page on this machine." };
        var latency = new Option<double>("--latency") { Description = "Milliseconds between a frame's arrival and its output; a frame whose regions are not known by then is covered whole.", DefaultValueFactory = _ => new LiveOptions().Latency.TotalMilliseconds };
        var side = new Option<int>("--longest-side") { Description = "Larger pictures are scaled down to this, pixels; 0 keeps their size.", DefaultValueFactory = _ => new LiveOptions().LongestSide };
        var rate = new Option<int>("--rate") { Description = "Most frames a second.", DefaultValueFactory = _ => new LiveOptions().FramesPerSecond };
        var command = new Command("live", "Anonymize a live picture: no frame goes out as it came in.") { source, sink, latency, side, rate };
        var (finding, method, coverage) = (new FindingOptions(), new MethodChoice(), new CoverageOptions());
        finding.AddTo(command);
        method.AddTo(command);
        coverage.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(latency) is not (>= 40 and <= 10_000))
            {
                throw new VeilException(VeilErrorCode.InvalidOption, "--latency expects 40 to 10000 milliseconds.");
            }

            var options = new LiveOptions { Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)), LongestSide = parsed.GetValue(side), FramesPerSecond = parsed.GetValue(rate) };
            Checked.Require(options);
            var chosen = method.Read(parsed, Catalogues.Methods);
            var finder = finding.Read(parsed, chosen.Preset);
            var treatment = new LiveTreatment(finder.CreateProvider, coverage.Read(parsed, chosen), chosen.Create());
            using var session = new LiveSession(LiveEndpoint.Parse(parsed.GetValue(source)!), LiveEndpoint.Parse(parsed.GetValue(sink)!), options, treatment);
            if (session.PageAddress is { } address)
            {
                await Console.Error.WriteLineAsync($"veil: watch at {address}").ConfigureAwait(false);
            }

            await session.RunAsync(Tell, cancel).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(LiveHealth health) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"veil: {health.Arrived / health.Elapsed.TotalSeconds:F1} frames/s in, {(health.Shown + health.CoveredWhole) / health.Elapsed.TotalSeconds:F1} out; {health.Regions} regions; {health.CoveredWhole} covered whole, {health.Dropped} dropped; latency {health.MedianLatency.TotalMilliseconds:F0} ms, 99 % within {health.LongestLatency.TotalMilliseconds:F0} ms{(health.Reconnects > 0 ? $"; source opened again {health.Reconnects} times" : "")}"));
}
