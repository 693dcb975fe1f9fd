using Veil.Evaluation.Verification;
using Veil.Evaluation.Verification.Checks;
using Veil.Identity;
using Veil.Imaging;
using Veil.Imaging.Metadata;
using Veil.Pipeline;
using Veil.Pipeline.Verification;
using Veil.Regions;

namespace Veil.Tests.Verification;

public sealed class OutputVerifierTests : IDisposable
{
    private static readonly RegionPolicies Boxes = new RegionPolicy { Shape = RegionShape.Box, Growth = 0, SoftEdge = 0 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_output_with_every_face_covered_and_nothing_else_changed_holds()
    {
        var verification = Verify(_ => { });

        Assert.Equal(OutputVerdict.Holds, verification.Verdict);
        Assert.Equal(2, verification.FacesJudged);
        Assert.Equal(2, verification.OriginalFaces);
        Assert.Equal(0, verification.OutputFaces);
        Assert.Equal(64, verification.OutputSha256.Length);
    }

    [Fact]
    public void One_face_left_fails()
    {
        var verification = Verify(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[1], 1, 1));

        Fails(verification, "faces");
        Assert.Equal(DrawnPeople.Places[1], verification.Findings.First(finding => finding.Check == "faces").Place!.ToBox());
    }

    [Fact]
    public void A_face_that_only_its_contrast_was_taken_from_is_still_there()
    {
        Fails(Verify(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[1], 1, 0.7)), "faces");
    }

    [Fact]
    public void A_face_that_a_network_knows_again_fails_although_no_pixel_is_as_it_was()
    {
        var verification = Verify(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[0], 0, 0.4, noise: 70));

        Fails(verification, "recognition");
        Assert.DoesNotContain(verification.Against, finding => finding.Check == "faces");
    }

    [Fact]
    public void A_face_of_somebody_else_in_the_place_of_a_face_is_no_leak()
    {
        var verification = Verify(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[0], 1, 1));

        Assert.Equal(OutputVerdict.Holds, verification.Verdict);
    }

    [Fact]
    public void The_original_itself_fails_loudly()
    {
        using var pixels = DrawnPeople.Draw();
        var original = Write("a.png", pixels);
        File.Copy(original, _folder["b.png"]);

        Fails(Verifier().Verify(Pair(original, _folder["b.png"]), CancellationToken.None), "copy");
    }

    [Fact]
    public void The_original_of_nobody_may_be_its_own_output()
    {
        using var pixels = DrawnPeople.Draw();
        Array.ForEach(DrawnPeople.Places, place => DrawnPeople.Cover(pixels, place));
        var original = Write("a.png", pixels);
        File.Copy(original, _folder["b.png"]);

        var verification = Verifier().Verify(Pair(original, _folder["b.png"]) with { Regions = [new FrameRegions(0, TimeSpan.Zero, [])] }, CancellationToken.None);

        Assert.Equal(OutputVerdict.Holds, verification.Verdict);
        Assert.Contains(verification.Findings, finding => finding.Check == "copy");
    }

    [Fact]
    public void Another_picture_is_no_version_of_the_original()
    {
        using var pixels = DrawnPeople.Draw();
        var original = Write("a.png", pixels);
        using var other = new PixelBuffer(DrawnPeople.Columns, DrawnPeople.Rows, PixelFormat.Rgb24);
        new Random(11).NextBytes(other.Span);

        var verification = Verifier().Verify(Pair(original, Write("b.png", other)) with { Regions = null, Fidelity = OutputFidelity.Unknown }, CancellationToken.None);

        Assert.NotEqual(OutputVerdict.Holds, verification.Verdict);
        Assert.Contains(verification.Findings, finding => finding is { Check: "scene", Tone: FindingTone.Unchecked });
    }

    [Fact]
    public void The_original_of_another_file_fails_where_it_shows_faces()
    {
        var files = SwappedOutputs.Mark(
        [
            new VerifiedFile("a", "a", new OutputVerification([]) { OriginalSha256 = "1", OutputSha256 = "2" }),
            new VerifiedFile("b", "b", new OutputVerification([]) { OriginalSha256 = "2", OutputSha256 = "3", OriginalFaces = 1 }),
            new VerifiedFile("c", "c", new OutputVerification([]) { OriginalSha256 = "4", OutputSha256 = "1" }),
        ]);

        Assert.Equal([OutputVerdict.Fails, OutputVerdict.Holds, OutputVerdict.Holds], files.Select(file => file.Verification.Verdict));
    }

    [Fact]
    public void A_face_that_recognition_cannot_judge_and_that_resembles_the_original_could_not_be_checked()
    {
        var (original, output) = Files(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[0], 0, 0.8, noise: 45));
        using var blind = Verifier(embed: _ => null);

        var verification = blind.Verify(Pair(original, output), CancellationToken.None);

        Assert.Equal(OutputVerdict.Unchecked, verification.Verdict);
        Assert.Contains(verification.Against, finding => finding.Check == "faces" && finding.Message.Contains("could not judge", StringComparison.Ordinal));
    }

    [Fact]
    public void A_face_drawn_in_the_place_of_one_that_recognition_cannot_judge_is_the_methods_own()
    {
        var (original, output) = Files(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[0], 1, 1));
        using var blind = new OutputVerifier(Media(), Media(), new DrawnPeople.Provider(), new OutputCheckParts
        {
            Detect = _ => [DrawnPeople.FaceAt(DrawnPeople.Places[0])], Networks = [new RecognitionNetwork("blind", _ => null, 0.6)],
        }, new OutputCheckSettings(), new VerifierOptions());

        Assert.Equal(OutputVerdict.Holds, blind.Verify(Pair(original, output), CancellationToken.None).Verdict);
    }

    [Fact]
    public void A_check_that_breaks_makes_no_output_good()
    {
        var (original, output) = Files(_ => { });
        using var verifier = new OutputVerifier(Media(), Media(), new DrawnPeople.Provider(), new OutputCheckParts
        {
            Detect = DrawnPeople.Find, Traces = (_, _) => throw new InvalidOperationException("why"),
        }, new OutputCheckSettings(), new VerifierOptions());

        var verification = verifier.Verify(Pair(original, output), CancellationToken.None);

        Assert.Equal(OutputVerdict.Unchecked, verification.Verdict);
        Assert.Contains(verification.Findings, finding => finding.Message == "it cannot be checked: InvalidOperationException: why");
    }

    [Fact]
    public void Black_bars_that_coding_leaves_as_they_are_do_not_make_the_rest_look_changed()
    {
        using var before = DrawnPeople.Draw();
        for (var y = 0; y < DrawnPeople.Rows / 3; y++)
        {
            before.Row(y).Clear();
        }

        using var after = before.Clone();
        for (var y = DrawnPeople.Rows / 3; y < DrawnPeople.Rows; y++)
        {
            for (var x = 0; x < 3 * DrawnPeople.Columns; x++)
            {
                after.Row(y)[x] ^= 1;
            }
        }

        var changes = new ChangeMap(before, after, DrawnPeople.Places);

        Assert.False(changes.IsExact);
        Assert.Equal(0, changes.Share(DrawnPeople.Places[1]));
    }

    [Theory]
    [InlineData("{\"options\":{\"a\":\"1\",\"a\":\"2\"},\"items\":[]}")]
    [InlineData("{\"options\":{},\"items\":[{\"file\":null,\"status\":\"done\"}]}")]
    [InlineData("[]")]
    public void A_run_report_that_is_none_is_a_clear_error(string text) =>
        Assert.Equal(Errors.VeilErrorCode.UnreadableInput, Assert.Throws<Errors.VeilException>(() => RunRecord.Find(_folder.FullPath, _folder.Write("report.json", System.Text.Encoding.UTF8.GetBytes(text)))).Code);

    [Fact]
    public void One_pixel_changed_outside_regions_fails()
    {
        var verification = Verify(pixels => pixels.Row(5)[15] ^= 1);

        Fails(verification, "untouched");
        Assert.Equal(new Box(5, 5, 6, 6), verification.Findings.First(finding => finding.Check == "untouched").Place!.ToBox());
    }

    [Fact]
    public void What_was_coded_anew_is_told_and_fails_only_where_every_pixel_is_required()
    {
        var (original, output) = (Files(_ => { }).Original, "");
        using (var pixels = Covered())
        {
            for (var y = 0; y < pixels.Height; y++)
            {
                for (var x = 0; x < 3 * pixels.Width; x++)
                {
                    pixels.Row(y)[x] += (byte)((x + y) % 3);
                }
            }

            output = Write("noisy.png", pixels);
        }

        var pair = Pair(original, output) with { Fidelity = OutputFidelity.CodedAnew };
        var verification = Verifier().Verify(pair, CancellationToken.None);
        Assert.Equal(OutputVerdict.Holds, verification.Verdict);
        Assert.InRange(verification.Findings.Single(finding => finding.Check == "untouched").Value!.Value, 40, 60);
        Fails(Verifier(new OutputCheckSettings { Untouched = UntouchedRule.Require }).Verify(pair, CancellationToken.None), "untouched");
    }

    [Fact]
    public void Without_a_report_the_difference_tells_what_was_covered()
    {
        var (original, output) = Files(_ => { });
        var pair = Pair(original, output) with { Regions = null, Fidelity = OutputFidelity.Unknown };
        Assert.Equal(OutputVerdict.Holds, Verifier().Verify(pair, CancellationToken.None).Verdict);

        var (_, leaky) = Files(pixels => DrawnPeople.DrawFace(pixels, DrawnPeople.Places[0], 0, 1));
        Fails(Verifier().Verify(pair with { Output = leaky }, CancellationToken.None), "faces");
    }

    [Fact]
    public void Half_a_file_fails()
    {
        var (original, output) = Files(_ => { });
        var bytes = File.ReadAllBytes(output);
        File.WriteAllBytes(output, bytes[..(bytes.Length / 2)]);

        Fails(Verifier().Verify(Pair(original, output), CancellationToken.None), "decode");
    }

    [Fact]
    public void An_output_of_another_size_cannot_be_checked()
    {
        var (original, _) = Files(_ => { });
        using var small = new PixelBuffer(40, 30, PixelFormat.Rgb24);

        Assert.Equal(OutputVerdict.Unchecked, Verifier().Verify(Pair(original, Write("small.png", small)), CancellationToken.None).Verdict);
    }

    [Fact]
    public void An_original_that_cannot_be_read_makes_no_output_good()
    {
        var (_, output) = Files(_ => { });

        Assert.Equal(OutputVerdict.Unchecked, Verifier().Verify(Pair(_folder.Write("broken.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1]), output), CancellationToken.None).Verdict);
    }

    [Fact]
    public void A_picture_hanging_behind_the_end_is_looked_at()
    {
        var (original, output) = Files(_ => { });
        using (var pixels = DrawnPeople.Draw())
        using (var picture = Picture.FromPixels(pixels.Clone(), PictureFormat.Jpeg))
        {
            File.WriteAllBytes(output, [.. File.ReadAllBytes(output), .. picture.Encode()]);
        }

        var verification = Verifier().Verify(Pair(original, output), CancellationToken.None);

        Fails(verification, "metadata");
        Assert.Contains(verification.Findings, finding => finding.Message.Contains("inside the file", StringComparison.Ordinal));
    }

    private static void Fails(OutputVerification verification, string check)
    {
        Assert.Equal(OutputVerdict.Fails, verification.Verdict);
        Assert.Contains(verification.Findings, finding => finding.Check == check && finding.Tone == FindingTone.Failed);
    }

    private static PixelBuffer Covered()
    {
        var pixels = DrawnPeople.Draw();
        Array.ForEach(DrawnPeople.Places, place => DrawnPeople.Cover(pixels, place));
        return pixels;
    }

    private static OutputPair Pair(string original, string output) => new(new MediaItem(original, "a.png", MediaItemOrigin.Found), output)
    {
        Regions = [new FrameRegions(0, TimeSpan.Zero, [.. DrawnPeople.Places.Select(DrawnPeople.FaceAt)])], Policies = Boxes, Fidelity = OutputFidelity.Exact,
    };

    private static PictureMedia Media() => new(PictureLimits.Default, new EncodeOptions { Mode = EncodeMode.Full }, OverwritePolicy.Refuse);

    private static OutputVerifier Verifier(OutputCheckSettings? settings = null, FaceEmbed? embed = null)
    {
        return new OutputVerifier(Media(), Media(), new DrawnPeople.Provider(), new OutputCheckParts
        {
            Detect = DrawnPeople.Find,
            Networks = [new RecognitionNetwork("drawn", embed ?? DrawnPeople.Embed, 0.6)],
            Embedded = (path, use) => EmbeddedPictures.Decode(path, PictureLimits.Default, use),
        }, settings ?? new OutputCheckSettings(), new VerifierOptions());
    }

    private OutputVerification Verify(Action<PixelBuffer> change)
    {
        var (original, output) = Files(change);
        using var verifier = Verifier();
        return verifier.Verify(Pair(original, output), CancellationToken.None);
    }

    private (string Original, string Output) Files(Action<PixelBuffer> change)
    {
        using var pixels = DrawnPeople.Draw();
        using var covered = Covered();
        change(covered);
        return (Write("original.png", pixels), Write("output.png", covered));
    }

    private string Write(string name, PixelBuffer pixels)
    {
        using var picture = Picture.FromPixels(pixels.Clone(), PictureFormat.Png);
        return _folder.Write(name, picture.Encode());
    }
}
