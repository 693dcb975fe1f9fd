// Replays stored detections of single frames through the tracker with several policies at once: what does each leak, what
// does it cover in vain, and what does it cost?
//
//   veil detect CLIP --tracking off -o detections.json
//   dotnet run -c Release --project bench/Veil.Tracks -- CLIP detections.json truth.json [cuts]
using System.Diagnostics;
using System.Globalization;
using Veil.Evaluation.Video;
using Veil.Pipeline;
using Veil.Regions;
using Veil.Tracking;
using Veil.Video.Files;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length < 1)
{
    Console.Error.WriteLine("Expected CLIP [DETECTIONS TRUTH].");
    return 2;
}

var item = new MediaItem(args[0], Path.GetFileName(args[0]), MediaItemOrigin.Named);
using var source = new VideoMedia(new VideoOptions(), OverwritePolicy.Refuse, _ => null).Open(item, CancellationToken.None);
var reduction = 1;
while (reduction < 8 && Math.Max(source.Info.Width, source.Info.Height) / reduction > 960)
{
    reduction *= 2;
}

return args.Length < 3 ? Cuts() : Replay(Read(args[1]), Read(args[2]));

// How unlike neighbouring frames are, and what is taken for a cut.
int Cuts()
{
    LumaPyramid? before = null;
    for (var index = 0; source.Read(CancellationToken.None) is { } frame; index++)
    {
        using var owned = frame;
        using var luma = frame.Luma(reduction);
        var pyramid = LumaPyramid.Of(luma, reduction);
        if (before is not null)
        {
            var (correlation, difference) = ShotCuts.Compare(before, pyramid);
            Console.WriteLine($"{index}\t{correlation:0.000}\t{difference:0.0}\t{(ShotCuts.Between(before, pyramid) ? "cut" : "")}");
        }

        before = pyramid;
    }

    return 0;
}

int Replay(RegionsDocument detections, RegionsDocument truth)
{
    var found = detections.Timelines[0];
    var defaults = new TrackingPolicy();
    List<(string Name, TrackingPolicy Policy)> policies =
    [
        ("defaults", defaults),
        .. ((int[])[1, 2, 3, 4, 5]).Select(every => ($"detect every {every}", defaults with { DetectEvery = every })),
        .. ((int[])[5, 12, 25]).Select(hold => ($"hold {hold}", defaults with { Hold = hold })),
        .. ((int[])[0, 12, 50]).Select(ahead => ($"look ahead {ahead}", defaults with { LookAhead = ahead })),
        .. ((int[])[0, 3, 12]).Select(coast => ($"coast {coast}", defaults with { Coast = coast })),
        .. ((float[])[0.4f, 0.5f, 0.7f, 0.8f]).Select(same => ($"same from {same}", defaults with { SameFrom = same })),
    ];
    var trackers = policies.Select(policy => new RegionTracker(policy.Policy)).ToList();
    var taken = policies.Select(_ => new List<FrameRegions>()).ToList();
    var (spent, looked) = (new long[policies.Count], new int[policies.Count]);
    for (var index = 0; source.Read(CancellationToken.None) is { } frame; index++)
    {
        using var owned = frame;
        using var luma = frame.Luma(reduction);
        var pyramid = LumaPyramid.Of(luma, reduction);
        for (var i = 0; i < trackers.Count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (trackers[i].Advance(pyramid))
            {
                looked[i]++;
                trackers[i].Detect(found.Frames[index].Regions);
            }

            Take(i);
            spent[i] += Stopwatch.GetTimestamp() - start;
        }
    }

    Console.WriteLine("policy\tleaked tracks\tof\tleaked frames\tof\tcovered elsewhere %\tnumbers\tframes looked at %\tms a frame");
    Report("no tracking", found.Frames, found.Frames.Count, 0);
    for (var i = 0; i < trackers.Count; i++)
    {
        trackers[i].Complete();
        Take(i);
        Report(policies[i].Name, taken[i], looked[i], Stopwatch.GetElapsedTime(0, spent[i]).TotalMilliseconds / taken[i].Count);
    }

    return 0;

    void Take(int i)
    {
        while (trackers[i].TryTake() is { } regions)
        {
            taken[i].Add(new FrameRegions(taken[i].Count, TimeSpan.Zero, regions));
        }
    }

    void Report(string name, IReadOnlyList<FrameRegions> frames, int seen, double milliseconds)
    {
        var report = new LeakEvaluator(new RegionPolicy(), 32).Evaluate(truth, new RegionsDocument([found with { Frames = frames }]));
        var numbers = frames.SelectMany(frame => frame.Regions).Select(region => region.Track).OfType<int>().Distinct().Count();
        Console.WriteLine($"{name}\t{report.Leaks.Count}\t{report.Tracks}\t{report.LeakedFrames}\t{report.Frames}\t{100 * report.CoveredElsewhere:0.00}\t{numbers}\t{100.0 * seen / frames.Count:0}\t{milliseconds:0.00}");
        if (Environment.GetEnvironmentVariable("LEAKS") is not null)
        {
            foreach (var leak in report.Leaks)
            {
                Console.WriteLine($"    {leak.Track} ({leak.Size:0} px, {leak.Frames} frames): {string.Join(' ', leak.Leaked.Take(30))}");
            }
        }
    }
}

static RegionsDocument Read(string path)
{
    using var stream = File.OpenRead(path);
    return RegionsDocumentReader.Read(stream);
}
