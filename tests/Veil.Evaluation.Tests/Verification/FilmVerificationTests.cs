using Veil.Evaluation.Verification;
using Veil.Evaluation.Verification.Checks;
using Veil.Imaging;
using Veil.Pipeline;
using Veil.Pipeline.Verification;

namespace Veil.Tests.Verification;

public sealed class FilmVerificationTests : IDisposable
{
    private const int Length = 24;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_film_with_every_face_covered_in_every_frame_holds()
    {
        var verification = Verify(Length, _ => false);

        Assert.Equal(OutputVerdict.Holds, verification.Verdict);
        Assert.Equal(Length, verification.Frames);
        Assert.InRange(verification.OriginalFaces, 2 * Length, int.MaxValue);
    }

    [Fact]
    public void One_frame_uncovered_fails_and_is_named()
    {
        var verification = Verify(Length, frame => frame == 11);

        Assert.Equal(OutputVerdict.Fails, verification.Verdict);
        var leaks = verification.Findings.Where(finding => finding.Check == "film").ToList();
        Assert.Equal(2, leaks.Count);
        Assert.All(leaks, leak => Assert.Equal(11, leak.Place!.Frame));
        Assert.Contains(verification.Findings, finding => finding.Check == "faces" && finding.Place?.Frame == 11);
    }

    [Fact]
    public void A_frame_that_the_second_detector_does_not_look_at_is_checked_all_the_same()
    {
        var verification = Verify(Length, frame => frame == 11, every: 5);

        Assert.DoesNotContain(verification.Findings, finding => finding.Check == "faces");
        Assert.Contains(verification.Findings, finding => finding is { Check: "film", Tone: FindingTone.Failed });
    }

    [Theory]
    [InlineData(Length - 1)]
    [InlineData(Length + 1)]
    public void Frames_that_are_missing_or_too_many_fail(int frames)
    {
        var verification = Verify(frames, _ => false);

        Assert.Equal(OutputVerdict.Fails, verification.Verdict);
        Assert.Contains(verification.Findings, finding => finding is { Check: "decode", Tone: FindingTone.Failed });
    }

    [Fact]
    public void A_second_stream_of_pictures_fails()
    {
        var verification = Verify(Length, _ => false, facts: _ => new FilmFacts(TimeSpan.Zero, 0) { PictureStreams = 2 });

        Assert.Contains(verification.Findings, finding => finding is { Check: "film", Tone: FindingTone.Failed } && finding.Message.Contains("2 streams", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_frame_of_the_original_hides_no_face_of_the_output()
    {
        Assert.Equal(OutputVerdict.Holds, Verify(Length, _ => false, damaged: 11).Verdict);

        var verification = Verify(Length, frame => frame == 11, damaged: 11);
        Assert.Contains(verification.Findings, finding => finding is { Check: "faces", Tone: FindingTone.Failed, Place.Frame: 11 });
    }

    [Fact]
    public void A_film_that_lasts_less_long_fails_and_sound_is_told()
    {
        var verification = Verify(Length, _ => false, facts: path => new FilmFacts(TimeSpan.FromSeconds(path.EndsWith("in.film", StringComparison.Ordinal) ? 10 : 9), 1));

        Assert.Contains(verification.Findings, finding => finding is { Check: "film", Tone: FindingTone.Failed } && finding.Message.Contains("lasts", StringComparison.Ordinal));
        Assert.Contains(verification.Findings, finding => finding is { Check: "film", Tone: FindingTone.Doubtful });
    }

    private OutputVerification Verify(int frames, Func<int, bool> uncovered, int every = 1, Func<string, FilmFacts>? facts = null, int? damaged = null)
    {
        var (original, output) = (_folder.Write("in.film", [1]), _folder.Write("out.film", [2]));
        var media = new DrawnFilms(path => path == original ? Length : frames, (path, index) => path == output && !uncovered(index)) { Damaged = damaged };
        using var verifier = new OutputVerifier(media, media, new DrawnPeople.Provider(), new OutputCheckParts
        {
            Detect = DrawnPeople.Find,
            Networks = [new RecognitionNetwork("drawn", DrawnPeople.Embed, 0.6)],
            Film = (path, _) => facts?.Invoke(path) ?? new FilmFacts(TimeSpan.Zero, 0),
        }, new OutputCheckSettings(), new VerifierOptions { Every = every });
        return verifier.Verify(new OutputPair(new MediaItem(original, "in.film", MediaItemOrigin.Found), output), CancellationToken.None);
    }

    private sealed class DrawnFilms(Func<string, int> length, Func<string, int, bool> covered) : IMediaFormat
    {
        public IFrameSource Open(MediaItem item, CancellationToken cancellationToken) => new Source(item.Path, length(item.Path), covered, Damaged);

        public int? Damaged { get; init; }

        public bool Opened(IFrameSource source) => true;

        public IFrameSink Create(IFrameSource source, string target) => throw new InvalidOperationException("Expected nothing to be written.");
    }

    private sealed class Source(string path, int length, Func<string, int, bool> covered, int? damaged) : IFrameSource
    {
        private int _next;

        public MediaInfo Info { get; } = new("film", ".film", DrawnPeople.Columns, DrawnPeople.Rows, length) { IsMoving = true, FramesPerSecond = 25 };

        public Frame? Read(CancellationToken cancellationToken)
        {
            if (_next == length)
            {
                return null;
            }

            var pixels = DrawnPeople.Draw(_next / 8);
            if (covered(path, _next))
            {
                Array.ForEach(DrawnPeople.Places, place => DrawnPeople.Cover(pixels, place));
            }

            var isDamaged = _next == damaged;
            return new Moving(pixels, _next++) { Damaged = isDamaged };
        }

        public void Dispose()
        {
        }
    }

    private sealed class Moving(PixelBuffer pixels, int index) : Frame(pixels, index, TimeSpan.FromSeconds(index / 25.0))
    {
        public override bool IsMoving => true;

        public override bool IsDamaged => Damaged;

        public bool Damaged { get; init; }
    }
}
