using System.CommandLine;
using System.Globalization;
using Veil.Tracking;

namespace Veil.Cli.Options;

/// <summary>How regions are carried from frame to frame of a video.</summary>
internal sealed class TrackingOptions
{
    private static readonly TrackingPolicy Defaults = new();

    private readonly Option<TrackingMode> _mode = new("--tracking")
    {
        Description = "on fills the frames of a video in which somebody is not detected from those around; off leaves each frame by itself.",
        DefaultValueFactory = _ => TrackingMode.On,
    };

    private readonly Option<int> _every = new("--detect-every")
    {
        Description = "Detect in every n-th frame of a video, and follow in those between.",
        DefaultValueFactory = _ => Defaults.DetectEvery,
        HelpName = "N",
    };

    private readonly Option<int?> _lookAhead = new("--look-ahead")
    {
        Description = "Frames looked at before one is done: so far back a new face is covered. Default: a second, and no more than 25.",
        HelpName = "FRAMES",
    };

    private readonly Option<int?> _hold = new("--hold")
    {
        Description = "Frames for which somebody who is no longer detected is followed. Default: two seconds.",
        HelpName = "FRAMES",
    };

    public void AddTo(Command command)
    {
        command.Add(_mode);
        command.Add(_every);
        command.Add(_lookAhead);
        command.Add(_hold);
    }

    /// <summary>A policy as options of a run, for its report and for knowing it again.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(TrackingPolicy? policy)
    {
        var invariant = CultureInfo.InvariantCulture;
        yield return new("tracking", policy is null ? "off" : "on");
        if (policy is not null)
        {
            yield return new("tracking.detect-every", policy.DetectEvery.ToString(invariant));
            yield return new("tracking.look-ahead", policy.LookAhead.ToString(invariant));
            yield return new("tracking.hold", policy.Hold.ToString(invariant));
            yield return new("tracking.coast", policy.Coast.ToString(invariant));
            yield return new("tracking.same-from", policy.SameFrom.ToString(invariant));
            yield return new("tracking.smoothing", policy.Smoothing.ToString(invariant));
        }
    }

    /// <summary>The policy; null when each frame stands for itself.</summary>
    public TrackingPolicy? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_mode) == TrackingMode.Off)
        {
            return null;
        }

        var (lookAhead, hold) = (parsed.GetValue(_lookAhead), parsed.GetValue(_hold));
        var policy = new TrackingPolicy
        {
            DetectEvery = parsed.GetValue(_every),
            LookAhead = lookAhead ?? Defaults.LookAhead,
            Hold = hold ?? Defaults.Hold,

            // Who counts frames gets so many, at any rate.
            FramesPerSecond = lookAhead is null && hold is null ? Defaults.FramesPerSecond : 0,
        };
        Checked.Require(policy);
        return policy;
    }
}

/// <summary>Whether regions are carried through time.</summary>
internal enum TrackingMode
{
    On,
    Off,
}
