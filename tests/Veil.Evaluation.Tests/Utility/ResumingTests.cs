using System.Text.Json;
using Veil.Evaluation.Runs;
using Veil.Evaluation.Utility;

namespace Veil.Evaluation.Tests.Utility;

/// <summary>An interrupted measurement goes on and comes to the same numbers to the last digit.</summary>
public sealed class ResumingTests : IDisposable
{
    private static readonly string[] Methods = ["gaussian:sigma=0.05", "solid"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(50)]
    [InlineData(80)]
    public void After_an_interruption_amid_pictures(int picture)
    {
        Assert.Throws<PowerCut>(() => Measure(new Colours { BeforeEncoding = count => Cut(count == picture) }));

        var resumed = new Colours();
        Assert.Equal(Uninterrupted(Colours.Options), Measure(resumed));

        // 3 · 15 originals and twice 3 · 10 covered ones, less what was kept: all but the 8 that each of 2 workers had in hand.
        Assert.InRange(resumed.Encoded.Count, 0, Colours.Timed(treatments: 3) + 45 + 60 - Math.Max(0, picture - Colours.Timed(treatments: 3) - 16));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void After_an_interruption_between_trainings(int training)
    {
        Assert.Throws<PowerCut>(() => Measure(new Colours { BeforeMaking = count => Cut(count == training) }));

        var resumed = new Colours();
        Assert.Equal(Uninterrupted(Colours.Options), Measure(resumed));
        Assert.Equal(1 + 6 - (training - 1), resumed.Made.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    public void After_an_interruption_amid_finetuning(int report)
    {
        var options = Colours.Options with { Protocol = TrainingProtocol.Finetune };
        Assert.Throws<PowerCut>(() => Measure(new Colours(), options, new Stopping(report)));

        Assert.Equal(Uninterrupted(options), Measure(new Colours(), options));
        Assert.DoesNotContain(_folder.Files(), file => file.StartsWith(".veil-checkpoints/", StringComparison.Ordinal) || file.StartsWith(".veil-inputs/", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_checkpoint_was_damaged()
    {
        var options = Colours.Options with { Protocol = TrainingProtocol.Finetune };
        Assert.Throws<PowerCut>(() => Measure(new Colours(), options, new Stopping(24)));
        var checkpoints = _folder.Files().Where(file => file.StartsWith(".veil-checkpoints/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(checkpoints);
        foreach (var file in checkpoints)
        {
            var bytes = File.ReadAllBytes(_folder[file]);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(_folder[file], bytes);
        }

        Assert.Equal(Uninterrupted(options), Measure(new Colours(), options));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(200)]
    public void After_kept_inputs_were_torn(int bytes)
    {
        Assert.Throws<PowerCut>(() => Measure(new Colours { BeforeMaking = count => Cut(count == 1) }));
        var kept = _folder.Files().Single(file => file.StartsWith(".veil-inputs/", StringComparison.Ordinal));
        using (var file = new FileStream(_folder[kept], FileMode.Open))
        {
            file.SetLength(file.Length - bytes);
        }

        Assert.Equal(Uninterrupted(Colours.Options), Measure(new Colours()));
    }

    [Fact]
    public void Nothing_is_computed_again_when_all_is_there()
    {
        var first = Measure(new Colours());
        var second = new Colours();

        Assert.Equal(first, Measure(second));
        Assert.Empty(second.Encoded);
        Assert.Empty(second.Made);
    }

    [Fact]
    public void Another_treatment_or_seed_is_measured_beside_what_is_there()
    {
        Measure(new Colours());
        var more = new Colours();

        var (journal, treatments) = (Open(), Colours.Treatments([.. Methods, "pixelate"]));
        using (journal)
        {
            more.Run(Colours.Dataset(), treatments, Colours.Options with { Seeds = 3 }, _folder, journal);
        }

        // To time it, the third seed of three, and three of the new one.
        Assert.Equal([1, 3, 3, 3, 1, 2, 3], more.Made.Select(made => made.Specification.Seed));
    }

    [Theory]
    [InlineData(TrainingProtocol.Frozen)]
    [InlineData(TrainingProtocol.Finetune)]
    public void However_many_are_trained_at_the_same_time(TrainingProtocol protocol)
    {
        var options = Colours.Options with { Seeds = 4, Protocol = protocol };

        Assert.Equal(Uninterrupted(options), Measure(new Colours { Trainings = 3 }, options));
    }

    [Fact]
    public void Other_settings_are_measured_anew()
    {
        Measure(new Colours());
        var other = new Colours();

        Measure(other, Colours.Options with { BatchSize = 16 });

        Assert.Equal(1 + 6, other.Made.Count);
        Assert.Empty(other.Encoded.Skip(2 * 2));
    }

    [Fact]
    public void A_cancelled_measurement_stops_and_goes_on()
    {
        using var source = new CancellationTokenSource();
        var colours = new Colours { BeforeMaking = count => { if (count == 3) { source.Cancel(); } } };
        using (var journal = Open())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => colours.Run(Colours.Dataset(), Colours.Treatments(Methods), folder: _folder, journal: journal, cancel: source.Token));
        }

        Assert.Equal(Uninterrupted(Colours.Options), Measure(new Colours()));
    }

    private static void Cut(bool isNow)
    {
        if (isNow)
        {
            throw new PowerCut();
        }
    }

    private static string Uninterrupted(UtilityOptions options) => Text(new Colours().Run(Colours.Dataset(), Colours.Treatments(Methods), options));

    private string Measure(Colours colours, UtilityOptions? options = null, IProgress<WorkProgress>? progress = null)
    {
        using var journal = Open();
        return Text(colours.Run(Colours.Dataset(), Colours.Treatments(Methods), options, _folder, journal, progress));
    }

    private MeasurementJournal Open() => MeasurementJournal.Open(_folder["journal.jsonl"], "test");

    /// <summary>Everything but how long it took.</summary>
    private static string Text(UtilityResult result) => JsonSerializer.Serialize(
        result.Treatments.Select(treatment => new { treatment.Treatment.Name, treatment.Covered, Runs = treatment.Runs.Select(run => run with { Milliseconds = 0 }) }));

    private sealed class PowerCut : Exception;

    /// <summary>Ends the measurement at one of its reports.</summary>
    private sealed class Stopping(int report) : IProgress<WorkProgress>
    {
        private int _reports;

        public void Report(WorkProgress value) => Cut(_reports++ == report);
    }
}
