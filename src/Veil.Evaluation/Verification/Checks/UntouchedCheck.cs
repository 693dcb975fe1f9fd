using System.Globalization;
using Veil.Imaging;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Evaluation.Verification.Checks;

/// <summary>What becomes of an output that was coded anew as a whole.</summary>
public enum UntouchedRule
{
    /// <summary>It is reported with its peak signal-to-noise ratio.</summary>
    Report,

    /// <summary>It fails: every pixel outside regions is to be as it was.</summary>
    Require,
}

/// <summary>
/// Outside the covered regions and their soft edges a still is as it was. JPEGs are compared by their coefficients, since a
/// decoder mixes neighbours; everything else by the pixels of one decoder.
/// </summary>
/// <param name="rule">What becomes of outputs that were coded anew.</param>
/// <param name="changedUnits">
/// Units of a JPEG whose coefficients differ, in upright pixels; null where the two are no JPEGs of the same layout.
/// </param>
public sealed class UntouchedCheck(UntouchedRule rule, Func<OutputPair, IReadOnlyList<PixelRect>?> changedUnits) : IOutputCheck
{
    /// <summary>Peak signal-to-noise ratio below which a picture coded anew is doubtful, dB.</summary>
    public const double LeastRatio = 28;

    private double _squares;
    private long _samples;

    /// <inheritdoc/>
    public string Id => "untouched";

    /// <inheritdoc/>
    public string Summary => rule == UntouchedRule.Require
        ? "Every pixel outside covered regions is as it was."
        : "Every pixel outside covered regions is as it was, or the output is one that was coded anew as a whole.";

    /// <inheritdoc/>
    public void Files(OutputPair pair, VerificationNotes notes, CancellationToken cancellationToken) => (_squares, _samples) = (0, 0);

    /// <inheritdoc/>
    public void Frames(OutputPair pair, FramePair frames, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(notes);
        if (frames.Original.IsMoving)
        {
            if (frames.IsSampled)
            {
                Measure(frames, (x, y) => !frames.Changes.IsChanged(x, y));
            }

            return;
        }

        if (frames.Covered is not { } covered)
        {
            notes.Add(
                this, rule == UntouchedRule.Require ? FindingTone.Unchecked : FindingTone.Note,
                frames.Changes.IsExact ? "nobody says which regions were covered; a quarter of the picture or more is as it was, to the bit"
                    : "nobody says which regions were covered, and the picture was coded anew as a whole");
            return;
        }

        var allowed = Coverage(covered, frames.Original.Width, frames.Original.Height);
        if (pair.Fidelity != OutputFidelity.CodedAnew && changedUnits(pair) is { } units)
        {
            CompareUnits(units, allowed, frames, notes);
            return;
        }

        ComparePixels(pair, allowed, frames, notes);
    }

    /// <inheritdoc/>
    public void Complete(OutputPair pair, VerificationNotes notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        if (_samples > 0)
        {
            Report(notes);
        }
    }

    private static bool[] Coverage(IReadOnlyList<RegionMask> masks, int width, int height)
    {
        var allowed = new bool[width * height];
        foreach (var mask in masks)
        {
            var area = mask.Bounds.Intersect(new PixelRect(0, 0, width, height));
            for (var y = area.Top; y < area.Bottom; y++)
            {
                var row = mask.Row(y);
                for (var x = area.Left; x < area.Right; x++)
                {
                    allowed[(y * width) + x] |= row[x - mask.Bounds.Left] > 0;
                }
            }
        }

        return allowed;
    }

    private void CompareUnits(IReadOnlyList<PixelRect> units, bool[] allowed, FramePair frames, VerificationNotes notes)
    {
        var width = frames.Original.Width;
        var outside = units.Where(unit => !Touches(unit.Intersect(new PixelRect(0, 0, width, frames.Original.Height)))).ToList();
        if (outside.Count > 0)
        {
            notes.Add(
                this, FindingTone.Failed, $"{outside.Count} blocks of the JPEG differ outside covered regions",
                FindingPlace.Of(0, new Box(outside[0].Left, outside[0].Top, outside[0].Right, outside[0].Bottom)), outside.Count);
        }

        bool Touches(PixelRect unit)
        {
            for (var y = unit.Top; y < unit.Bottom; y++)
            {
                if (allowed.AsSpan((y * width) + unit.Left, Math.Max(0, unit.Width)).Contains(true))
                {
                    return true;
                }
            }

            return unit.IsEmpty;
        }
    }

    private void ComparePixels(OutputPair pair, bool[] allowed, FramePair frames, VerificationNotes notes)
    {
        var (width, height, outside, changed, first) = (frames.Original.Width, frames.Original.Height, 0L, 0L, (X: 0, Y: 0));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (allowed[(y * width) + x])
                {
                    continue;
                }

                outside++;
                if (frames.Changes[x, y] > 0)
                {
                    first = changed++ == 0 ? (x, y) : first;
                }
            }
        }

        if (changed == 0)
        {
            return;
        }

        // Of losses nobody is told beforehand how far they reach; a promise is kept or not.
        if (pair.Fidelity == OutputFidelity.Exact || rule == UntouchedRule.Require)
        {
            notes.Add(
                this, FindingTone.Failed, string.Create(CultureInfo.InvariantCulture, $"{changed} of {outside} pixels outside covered regions differ"),
                FindingPlace.Of(frames.Original.Index, new Box(first.X, first.Y, first.X + 1, first.Y + 1)), changed);
            return;
        }

        Measure(frames, (x, y) => !allowed[(y * width) + x]);
    }

    private void Measure(FramePair frames, Func<int, int, bool> counts)
    {
        for (var y = 0; y < frames.Original.Height; y++)
        {
            var a = frames.OriginalRgb.Row(y);
            var b = frames.OutputRgb.Row(y);
            for (var x = 0; x < frames.Original.Width; x++)
            {
                if (counts(x, y))
                {
                    for (var c = 3 * x; c < (3 * x) + 3; c++)
                    {
                        _squares += (a[c] - b[c]) * (a[c] - b[c]);
                    }

                    _samples += 3;
                }
            }
        }
    }

    private void Report(VerificationNotes notes)
    {
        var ratio = _squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255 * _samples / _squares);
        var tone = double.IsInfinity(ratio) ? FindingTone.Note : rule == UntouchedRule.Require ? FindingTone.Failed : ratio < LeastRatio ? FindingTone.Doubtful : FindingTone.Note;
        notes.Add(
            this, tone, double.IsInfinity(ratio) ? "everything else is as it was, to the bit"
                : string.Create(CultureInfo.InvariantCulture, $"coded anew as a whole: {ratio:0.0} dB outside what was covered"),
            value: double.IsInfinity(ratio) ? null : Math.Round(ratio, 2));
    }
}
