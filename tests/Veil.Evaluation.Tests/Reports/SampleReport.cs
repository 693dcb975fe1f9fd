using Veil.Evaluation.Reports;
using Veil.Pipeline;

namespace Veil.Tests.Reports;

/// <summary>A report with every kind of block.</summary>
public static class SampleReport
{
    /// <summary>Text that is markup, a formula, a control and an override of direction.</summary>
    public const string Hostile = "=cmd|' /C calc'!A0</script><img src=x onerror=alert(1)>\"'`&amp;<!--\u0001\u202e\ud800";

    /// <summary>A picture of 2x2 pixels.</summary>
    public static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNsaGhgYGBgYmBgYGBgAAAQEgGCgoxLsQAAAABJRU5ErkJggg==");

    private static readonly string[] Methods = ["veil", "solid", "pixelate", "gaussian", "box", "median", "bilateral", "closing", "blocks", "eyes"];

    /// <summary>As an evaluation might write it: 40 treatments, 12 classes.</summary>
    public static Report Usual { get; } = new(
        "Privacy and utility of 40 treatments",
        [
            "The default method keeps 97.1 % (± 0.8) of the original's accuracy, and nobody is recognised more often than by chance.",
            "Blurring as popular tools do it leaves 8.5 % of 272 people recognisable to an attacker who blurs the gallery alike: twenty times chance.",
        ],
        [
            new ReportSection("The plane",
            [
                new ReportText("Each point is a method at one strength. To the left is more private, higher is more useful; the whiskers are 95 % confidence intervals."),
                new ScatterChart("Share of people recognised by the strongest attacker, against accuracy relative to training on originals",
                    new ReportAxis("People recognised (rank-1)", ReportFormat.FineShare, ReportScale.Logarithmic),
                    new ReportAxis("Accuracy relative to the original", ReportFormat.Share),
                    [.. Methods.Select((method, m) => new ChartSeries(method, [.. Enumerable.Range(0, 4).Select(s => new ChartPoint(m == 1 && s == 0 ? 0 : 0.003 * Math.Pow(2.2, s + (m / 2.5)), Math.Min(0.995, 0.62 + (0.03 * s) + (0.028 * m)), $"strength {s + 1}")
                    { MarginX = 0.0015 * Math.Pow(1.8, s + (m / 3.0)), MarginY = 0.008 + (0.002 * s) })])),
                        new ChartSeries("beaten by none", [new ChartPoint(0, 0.65, "solid:strength=1"), new ChartPoint(0.0516, 0.872, "eyes:strength=1"), new ChartPoint(0.55, 0.962, "eyes:strength=4")]) { Style = ChartSeriesStyle.Front },
                        new ChartSeries("recommended", [new ChartPoint(0.0516, 0.872)]) { Style = ChartSeriesStyle.Ringed }]) { Lines = [new ChartLine("chance", 0.00368, ChartAxis.X), new ChartLine("original", 0.989, ChartAxis.X)] },
                Table(),
            ]),
            new ReportSection("Utility",
            [
                new BarChart("Accuracy on the untouched test split", new ReportAxis("Accuracy", ReportFormat.Share),
                    [.. Enumerable.Range(0, 12).Select(i => new ChartBar(i == 0 ? "original" : Methods[i % 10] + (i > 4 ? ":grid=4:style=smooth" : ""), 0.91 - (0.021 * i), 0.008 + (0.001 * i)))]) { Lines = [new ChartLine("original", 0.91, ChartAxis.Y)] },
                new LineChart("Accuracy on the validation split while training, mean of three seeds", new ReportAxis("Epoch", ReportFormat.Count), new ReportAxis("Accuracy", ReportFormat.Share),
                    [.. new[] { "original", "veil", "gaussian:sigma=0.1", "pixelate:grid=4" }.Select((name, n) => new ChartSeries(name, [.. Enumerable.Range(1, 25).Select(e => new ChartPoint(e, 0.93 - (0.03 * n) - (0.75 * Math.Exp(-e / 4.0))) { MarginY = 0.03 * Math.Exp(-e / 15.0) })]))]),
                new HeatMap("Confusion of 12 classes, trained on pictures made with veil: share of each row", new ReportAxis("Predicted"), new ReportAxis("True"), Classes,
                    [.. Classes.Select((_, y) => (IReadOnlyList<double>)[.. Classes.Select((_, x) => x == y ? 0.8 - (0.01 * y) : (x + (2 * y)) % 5 == 0 ? 0.07 : 0.01)])]),
            ]),
            new ReportSection("To be seen",
            [
                new ReportPictures("A generated person before and after", [new ReportPicture(Picture, "image/png", "original"), new ReportPicture(Picture, "image/png", "veil"), new ReportPicture(Picture, "image/png", "pixelate:grid=8")]),
                new ReportCode("veil anonymize IN -o OUT --method veil"),
                new ScatterChart("Two measures on linear axes", new ReportAxis("PSNR outside regions in dB"), new ReportAxis("Difference"),
                    [new ChartSeries("one", [new ChartPoint(21.4, -0.2, "a"), new ChartPoint(33.1, 0.4, "b"), new ChartPoint(double.PositiveInfinity, 0.1, "c")])]),
            ]),
        ],
        Origin("veil evaluate frontier faces data --methods strengths -o out"))
    {
        Warnings = ["The sanity row is 0.4 points below the published figure: absolute values are doubtful, comparisons are not."],
    };

    /// <summary>As small as it can be, every text hostile.</summary>
    public static Report Nasty { get; } = new(
        Hostile, [Hostile],
        [
            new ReportSection(Hostile,
            [
                new ReportText(Hostile), new ReportCode(Hostile),
                new ReportTable("nasty", Hostile, [new(Hostile, ReportFormat.Text, Hostile), new(Hostile, ReportFormat.Share, Hostile)], [[ReportCell.Of(Hostile), new(Hostile, null, null)], [ReportCell.Of(Hostile), ReportCell.Of(-0.5, 0.01)]]),
                new ReportPictures(Hostile, [new ReportPicture(Picture, "image/png", Hostile)]),
                new ScatterChart(Hostile, new(Hostile), new(Hostile), [new ChartSeries(Hostile, [new ChartPoint(1, 2, Hostile), new ChartPoint(2, double.NaN, Hostile)]), new ChartSeries(Hostile, [])]) { Lines = [new ChartLine(Hostile, 1, ChartAxis.X)] },
                new LineChart(Hostile, new(Hostile), new(Hostile, ReportFormat.Share, ReportScale.Logarithmic), [new ChartSeries(Hostile, [new ChartPoint(0, 0, Hostile)])]),
                new BarChart(Hostile, new(Hostile), [new ChartBar(Hostile, 1, 0.1)]) { Lines = [new ChartLine(Hostile, 1, ChartAxis.Y)] },
                new HeatMap(Hostile, new(Hostile), new(Hostile), [Hostile], [[0.5]]),
            ]),
        ],
        Origin(Hostile))
    {
        Warnings = [Hostile],
    };

    private static string[] Classes => ["airplane", "bear", "bicycle", "bird", "boat", "bottle", "car", "cat", "chair", "clock", "dog", "elephant"];

    /// <summary>How the samples came about.</summary>
    public static Provenance Origin(string command) => new(
        command, new Dictionary<string, string> { ["--seeds"] = "3", [command] = command },
        [new MeasuredInput(command, 1234, new string('a', 64))], [new ReportedModel(command, new string('b', 64), command, command)],
        new MachineDescription(command, 2, 8L << 30, command, ".NET 10"), new DateTimeOffset(2026, 11, 20, 14, 30, 0, TimeSpan.Zero), TimeSpan.FromMinutes(12.5));

    private static ReportTable Table() => new("treatments", "All treatments, from private to useful",
        [
            new("Treatment"), new("Rank-1", ReportFormat.FineShare, "Share of people whose nearest picture in the gallery is theirs; chance is 0.37 %"), new("Accuracy", ReportFormat.Share, "On the untouched test split"),
            new("PSNR", ReportFormat.Number, "Outside regions, in dB"), new("Faces", ReportFormat.Count), new("Verdict", ReportFormat.Text, "Whether the target is met"),
        ],
        [
            [ReportCell.Of("original"), ReportCell.Of(0.989, 0.006) with { Tone = ReportTone.Bad }, ReportCell.Of(0.912, 0.008), ReportCell.Of(double.PositiveInfinity), ReportCell.Of(5734), ReportCell.Of("recognisable") with { Tone = ReportTone.Bad }],
            .. Methods.Select((method, m) => (IReadOnlyList<ReportCell>)
            [
                ReportCell.Of(method + ":strength=0.1"), ReportCell.Of(0.003 * (m + 1), 0.001 * (m + 1)) with { Tone = m < 3 ? ReportTone.Good : m < 6 ? ReportTone.Doubtful : ReportTone.Bad },
                m == 4 ? new ReportCell("training failed", null, null) : ReportCell.Of(0.9 - (0.01 * m), 0.012), ReportCell.Of(41.237 - m), ReportCell.Of(5734 - m), ReportCell.Of(m < 3 ? "meets the target" : "does not"),
            ]),
        ]);
}
