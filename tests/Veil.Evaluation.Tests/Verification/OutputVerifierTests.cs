using Veil.Evaluation.Verification;
using Veil.Evaluation.Verification.Checks;
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

    private static OutputVerifier Verifier(OutputCheckSettings? settings = null)
    {
        var media = new PictureMedia(PictureLimits.Default, new EncodeOptions { Mode = EncodeMode.Full }, OverwritePolicy.Refuse);
        return new OutputVerifier(media, media, new DrawnPeople.Provider(), new OutputCheckParts
        {
            Detect = DrawnPeople.Find,
            Networks = [new RecognitionNetwork("drawn", DrawnPeople.Embed, 0.6)],
            Embedded = path => EmbeddedPictures.Decode(path, PictureLimits.Default),
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
