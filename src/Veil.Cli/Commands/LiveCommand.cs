using System.CommandLine;
using Veil.Anonymization;
using Veil.Cli.Options;
using Veil.Cli.Output;
using Veil.Errors;
using Veil.Video.Live;

namespace Veil.Cli.Commands;

/// <summary><c>veil live SOURCE SINK</c>: a camera or stream in, the same picture with everybody covered out.</summary>
internal static class LiveCommand
{
    // Refused with the reason, rather than as unknown.
    private static readonly Option<string?>[] ByPerson = [new("--only") { Hidden = true }, new("--except") { Hidden = true }];

    public static Command Create()
    {
        var source = new Argument<string>("source") { Description = "A camera (/dev/video0), an address (rtsp://…, http://…, udp://…, srt://…), or a file, played at its own pace." };
        var sink = new Argument<string>("sink") { Description = "An address to stream to, a loopback device (/dev/video9), a file (with %03d in pieces of a minute), or page:PORT for a page on this machine." };
        var command = new Command("live", "Anonymize a live picture, without its sound: no frame goes out that was not looked at. Ctrl-C ends it.") { source, sink };
        var (timing, finding, method, coverage) = (new LiveTimingOptions(), new FindingOptions(), new MethodChoice(), new CoverageOptions());
        var landmarks = new LandmarkOptions("Used for --shape face and by methods that need points; default mediapipe.");
        timing.AddTo(command);
        finding.AddTo(command);
        method.AddTo(command);
        coverage.AddTo(command);
        landmarks.AddTo(command);
        Array.ForEach(ByPerson, command.Add);
        command.SetAction(async (parsed, cancel) =>
        {
            var (from, to, options) = (LiveEndpoint.Parse(parsed.GetValue(source)!), LiveEndpoint.Parse(parsed.GetValue(sink)!), timing.Read(parsed));
            RefuseByPerson(parsed);
            var methods = method.Read(parsed, Catalogues.MethodsWith(LicenceOption.ReadStore(parsed)));
            await WarnAsync(methods).ConfigureAwait(false);
            var policies = coverage.Read(parsed, methods);
            var store = LicenceOption.ReadStore(parsed);
            var finder = finding.Read(parsed, methods.Kinds).Complete(methods, policies, landmarks.Read(parsed, store), KeptOcclusions.Off, store);
            using var session = new LiveSession(from, to, options, new LiveTreatment(finder.CreateProvider, policies, methods.Create()));
            if (session.PageAddress is { } address)
            {
                await Console.Error.WriteLineAsync($"veil: watch at {address}").ConfigureAwait(false);
            }

            await session.RunAsync(health => Console.Error.WriteLine("veil: " + HealthLine.Of(health, options.Latency)), cancel).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    private static void RefuseByPerson(ParseResult parsed)
    {
        if (ByPerson.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } refused)
        {
            throw new VeilException(
                VeilErrorCode.InvalidOption, $"{refused.Name} is not for live pictures: who is taken for somebody else is on the air before anybody can look.",
                "Record, then use 'veil anonymize' on the recording.");
        }
    }

    private static async Task WarnAsync(ChosenMethods methods)
    {
        foreach (var (method, options, _) in methods.Kinds.Select(kind => methods[kind]).DistinctBy(chosen => chosen.Method.Id))
        {
            if (method.Needs.HasFlag(MethodNeeds.SeveralPeople))
            {
                throw new VeilException(
                    VeilErrorCode.InvalidOption, $"Method '{method.Id}' needs several people in every frame, which a live picture cannot promise.", "Choose another method, e.g. veil.");
            }

            if (method.Models(options).Count > 0)
            {
                await Console.Error.WriteLineAsync($"veil: method '{method.Id}' runs a network for every region; frames for which that takes too long are dropped.").ConfigureAwait(false);
            }
        }

        foreach (var warning in methods.Warnings)
        {
            await Console.Error.WriteLineAsync("veil: " + warning).ConfigureAwait(false);
        }
    }
}
