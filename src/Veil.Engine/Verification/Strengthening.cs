using System.Globalization;
using Veil.Anonymization;
using Veil.Engine.Runs;
using Veil.Errors;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Engine.Verification;

/// <summary>
/// The ladder on which an output that does not hold is made again: what the second detector found is covered as well, then more
/// around what was recognized, then the method's next stronger setting, then one colour. Of stills only the faces that failed
/// climb it; films are made again as a whole. One per worker.
/// </summary>
/// <param name="methods">The run's methods.</param>
/// <param name="policies">The run's policies.</param>
/// <param name="make">Makes a pipeline like the run's with other regions (null for the run's own and the second detector's), policies and methods.</param>
internal sealed class Strengthening(ChosenMethods methods, RegionPolicies policies, Func<IRegionProvider?, RegionPolicies, IAnonymizer, IItemProcessor> make)
{
    /// <summary>Times that an output is made again before it fails.</summary>
    public const int MostRounds = 5;

    private const float Growth = 0.2f;
    private const float AroundMissed = 0.1f;
    private const string Last = "solid";

    private static readonly RegionOrigin Origin = new(RegionSource.Detector, "verify");

    private readonly List<FindingPlace> _missed = [];
    private readonly List<FindingPlace> _weak = [];
    private IReadOnlyList<FrameRegions> _found = [];
    private int _step;

    /// <summary>The next attempt.</summary>
    public StrengthenedRun? Next(ItemResult last, OutputVerification failed, int round)
    {
        if (round == 1)
        {
            _missed.Clear();
            _weak.Clear();
            (_step, _found) = (0, last.Frames);
        }

        var missed = Places(failed, "faces", "film");
        var weak = Places(failed, "recognition");
        if (round > MostRounds || (missed.Count == 0 && weak.Count == 0))
        {
            return null;
        }

        // What was added before and is still there, or recognized, needs more than to be added.
        if (weak.Count > 0 || missed.Any(place => _missed.Any(known => known.Frame == place.Frame && known.ToBox().IoU(place.ToBox()) > 0.5f)))
        {
            _step++;
        }

        _missed.AddRange(missed);
        _weak.AddRange(weak);
        return last.Info is { IsMoving: true } ? Film() : Still(last);
    }

    private static List<FindingPlace> Places(OutputVerification failed, params string[] checks) =>
        [.. failed.Against.Where(finding => finding.Tone == FindingTone.Failed && checks.Contains(finding.Check)).Select(finding => finding.Place).OfType<FindingPlace>()];

    private StrengthenedRun Still(ItemResult last)
    {
        var growth = _step >= 1 ? Growth : 0;
        var frames = _found.Select(frame => frame with
        {
            Regions =
            [
                .. frame.Regions.Select(region => growth > 0 && IsWeak(frame.Index, region) ? Plain(region, growth) : region),
                .. Added(frame.Index).Select(box => new Region(box.Grow(AroundMissed + growth), RegionKind.Face, 1, Origin)),
            ],
        }).ToList();
        var timeline = new RegionTimeline(last.Item.Name, last.Info!.Width, last.Info.Height, frames);
        var (stronger, what) = Stronger();
        var usual = methods.Create();
        var places = _weak.Concat(_missed).Select(place => place.ToBox()).ToList();
        return new StrengthenedRun(
            Describe(_missed.Count, what), make(new StoredRegions(new RegionsDocument([timeline])), policies, stronger is null ? usual : new EscalatedAnonymizer(usual, stronger, places)), policies);
    }

    private StrengthenedRun Film()
    {
        var grown = _step == 0 ? policies : new RegionPolicies(RegionKinds.All.ToDictionary(kind => kind, kind => policies[kind] with { Growth = Math.Min(2, policies[kind].Growth + Growth) }));
        var (stronger, what) = Stronger();
        return new StrengthenedRun(Describe(_missed.Count, what), make(null, grown, stronger ?? methods.Create()), grown);
    }

    private bool IsWeak(int frame, Region region) => _weak.Any(place => place.Frame == frame && place.ToBox().IoU(region.Box) > 0.2f);

    /// <summary>Missed faces, each once though several rounds told of it.</summary>
    private List<Box> Added(int frame)
    {
        var boxes = new List<Box>();
        foreach (var box in _missed.Where(place => place.Frame == frame).Select(place => place.ToBox()))
        {
            if (boxes.TrueForAll(known => known.IoU(box) < 0.5f))
            {
                boxes.Add(box);
            }
        }

        return boxes;
    }

    /// <summary>A region as its box, larger: outlines and masks would stay where they are.</summary>
    private static Region Plain(Region region, float growth) => region with { Box = region.Box.Grow(growth), Outline = [], Mask = null, Points = null, Reference = null };

    private (IAnonymizer? Method, string What) Stronger()
    {
        if (_step < 2)
        {
            return (null, "");
        }

        var chosen = methods.Find(RegionKind.Face) ?? methods[methods.Kinds[0]];
        return _step == 2 && Setting(chosen) is var (options, text) && Made(chosen.Method, options) is { } stronger
            ? (stronger, $"{chosen.Method.Id}{(text.Length > 0 ? ":" + text : "")}")
            : (Catalogues.Methods.Find(Last).Create(), Last);
    }

    /// <summary>The method with other settings; null where it cannot have them here, because a model is missing or refused: one colour always can be.</summary>
    private static IAnonymizer? Made(AnonymizerDescriptor method, MethodOptions options)
    {
        try
        {
            return method.Create(options);
        }
        catch (VeilException error) when (error.Code is VeilErrorCode.InvalidModel or VeilErrorCode.MissingNative)
        {
            return null;
        }
    }

    /// <summary>The method's next stronger setting; null where it has none.</summary>
    private static (MethodOptions Options, string Text)? Setting(ChosenMethod chosen)
    {
        var settings = chosen.Method.Strengths.Select(text => (Options: MethodOptionsBinder.Bind(chosen.Method, text.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Pair)), Text: text)).ToList();
        var now = settings.FindIndex(one => one.Options.Equals(chosen.Options));
        return now switch
        {
            0 => null,
            > 0 => settings[now - 1],
            _ => settings.Count > 0 ? settings[0] : null,
        };
    }

    private static KeyValuePair<string, string> Pair(string setting)
    {
        var at = setting.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(setting[..at], setting[(at + 1)..]);
    }

    private string Describe(int missed, string method) => string.Join("; ", new[]
    {
        missed > 0 ? string.Create(CultureInfo.InvariantCulture, $"covers {missed} more") : "",
        _step >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{Growth:0.0} more around what failed") : "",
        method.Length > 0 ? "method " + method : "",
    }.Where(part => part.Length > 0));
}
