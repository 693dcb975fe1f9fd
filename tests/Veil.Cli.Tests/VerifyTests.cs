using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Veil.Tests;

public sealed class VerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_anonymized_holds_and_the_report_says_so_and_can_be_signed()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/deep/b.jpg");
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"]).Exits(0);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder["key.pem"], key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder["public.pem"], key.ExportSubjectPublicKeyInfoPem());

        var first = Verify("-o", _folder["report"], "--sign", _folder["key.pem"]).Exits(0);

        Assert.Contains("HOLDS", first.Text, StringComparison.Ordinal);
        Assert.Contains("HOLDS", File.ReadAllText(_folder["report/report.html"]), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllBytes(_folder["report/report.json"]));
        var files = json.RootElement.GetProperty("data").GetProperty("files").EnumerateArray().ToList();
        Assert.Equal(["a.jpg", "deep/b.jpg"], files.Select(file => file.GetProperty("file").GetString()!));
        Assert.All(files, file => Assert.Equal("holds", file.GetProperty("verdict").GetString()));
        Assert.All(files, file => Assert.InRange(file.GetProperty("verification").GetProperty("facesJudged").GetInt32(), 3, 4));

        VeilProcess.Run("verify", "--check-signature", _folder["report/report.json"], "--key", _folder["public.pem"]).Exits(0);
        File.AppendAllText(_folder["report/report.json"], " ");
        VeilProcess.Run("verify", "--check-signature", _folder["report/report.json"], "--key", _folder["public.pem"]).Exits(1);
    }

    [Fact]
    public void One_face_left_is_found()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["regions.json"]).Exits(0);
        var regions = JsonNode.Parse(File.ReadAllText(_folder["regions.json"]))!;
        regions["items"]![0]!["frames"]![0]!["regions"]!.AsArray().RemoveAt(0);
        File.WriteAllText(_folder["regions.json"], regions.ToJsonString());
        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["regions.json"], "-o", _folder["out"]).Exits(0);

        // The regions say who found them.
        Assert.Contains("would miss what that missed", Verify("--detector", "retinaface").Exits(2).Errors, StringComparison.Ordinal);
        var run = Verify().Exits(1);

        Assert.Contains("faces: a face of", run.Text, StringComparison.Ordinal);
        Assert.Contains("recognition: sface takes what is shown for the person of the original", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_original_in_place_of_an_output_is_found_and_so_is_a_missing_output()
    {
        People.CopyTo(_folder, "in/a.jpg", "in/b.jpg", "out/a.jpg");

        var run = Verify("--detector", "retinaface").Exits(1);

        Assert.Contains("the output IS the original", run.Text, StringComparison.Ordinal);
        Assert.Contains("there is no output for it", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_lies_among_the_outputs_is_named()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"]).Exits(0);
        var holds = VeilProcess.Run("verify", _folder["out"] + "/", "--against", _folder["in"], "--detector", "haar", "-o", _folder["out/report"]).Exits(0);
        Assert.Contains("HOLDS", holds.Text, StringComparison.Ordinal);
        People.CopyTo(_folder, "out/.hidden.jpg", "out/.a.jpg.0123456789abcdef.veil-tmp/a.jpg");
        _folder.Write("out/photos.zip", "PK"u8);

        var run = Verify("--detector", "haar", "-o", _folder["out/report"]).Exits(1);

        foreach (var name in new[] { ".hidden.jpg", ".a.jpg.0123456789abcdef.veil-tmp", "photos.zip" })
        {
            Assert.Contains(name + ": could not be checked", run.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_place_or_a_thumbnail_left_in_the_file_is_found()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"]).Exits(0);
        var output = File.ReadAllBytes(_folder["out/a.jpg"]);
        File.WriteAllBytes(_folder["out/a.jpg"], [.. output[..2], .. Segment(0xE1, Gps()), .. output[2..]]);
        Assert.Contains("metadata: place in", Verify("--detector", "haar").Exits(1).Text, StringComparison.Ordinal);

        File.WriteAllBytes(_folder["out/a.jpg"], [.. output, .. File.ReadAllBytes(People.Four)]);
        var run = Verify().Exits(1);
        Assert.Contains("metadata: trailing in", run.Text, StringComparison.Ordinal);
        Assert.Contains("inside the file shows faces", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_block_of_a_JPEG_changed_outside_regions_is_found()
    {
        People.CopyTo(_folder, "in/a.jpg");
        VeilProcess.Run("detect", _folder["in"], "-o", _folder["regions.json"]).Exits(0);
        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"]).Exits(0);
        var regions = JsonNode.Parse(File.ReadAllText(_folder["regions.json"]))!;
        var list = regions["items"]![0]!["frames"]![0]!["regions"]!.AsArray();
        var corner = list[0]!.DeepClone();
        corner["box"] = new JsonArray(2, 2, 6, 6);
        list.Add(corner);
        File.WriteAllText(_folder["regions.json"], regions.ToJsonString());
        VeilProcess.Run("apply", _folder["in"], "--regions", _folder["regions.json"], "-o", _folder["touched"]).Exits(0);
        File.Copy(_folder["touched/a.jpg"], _folder["out/a.jpg"], overwrite: true);

        Assert.Contains("untouched:", Verify("--detector", "haar").Exits(1).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_verifies_writes_what_holds_and_says_so()
    {
        People.CopyTo(_folder, "in/a.jpg");

        VeilProcess.Run("anonymize", "--verify", _folder["in"], "-o", _folder["out"]).Exits(0);

        using var report = JsonDocument.Parse(File.ReadAllBytes(_folder["out/veil-report.json"]));
        Assert.Equal("check", report.RootElement.GetProperty("options").GetProperty("verify").GetString());
        Assert.Equal(4, report.RootElement.GetProperty("items")[0].GetProperty("verification").GetProperty("facesJudged").GetInt32());
    }

    [Fact]
    public void A_run_that_verifies_writes_nothing_that_does_not_hold_also_in_a_process_of_its_own()
    {
        People.CopyTo(_folder, "in/a.jpg");

        foreach (var place in new[] { Array.Empty<string>(), ["--isolate"] })
        {
            var run = VeilProcess.Run(["anonymize", _folder["in"], "-o", _folder["out"], "--method", "gaussian", "--set", "sigma=0.01", "--verify", .. place]).Exits(1);

            Assert.Contains("NotVerified", run.Errors, StringComparison.Ordinal);
            Assert.False(File.Exists(_folder["out/a.jpg"]));
            Assert.Empty(Directory.GetDirectories(_folder["out"]));
        }
    }

    [Fact]
    public void Strengthening_makes_it_hold_and_reports_each_round()
    {
        People.CopyTo(_folder, "in/a.jpg");

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--method", "gaussian", "--set", "sigma=0.01", "--verify=strengthen").Exits(0);

        using var report = JsonDocument.Parse(File.ReadAllBytes(_folder["out/veil-report.json"]));
        Assert.NotEmpty(report.RootElement.GetProperty("items")[0].GetProperty("verification").GetProperty("rounds").EnumerateArray());
        Assert.True(File.Exists(_folder["out/a.jpg"]));
    }

    [Fact]
    public void What_verification_cannot_do_is_refused_before_anything_is_touched()
    {
        People.CopyTo(_folder, "in/a.jpg");

        Assert.Contains("--dry-run", VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--verify", "--dry-run").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("standard input", VeilProcess.Run("anonymize", "-", "-o", _folder["out"], "--verify").Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("veil verify anonymized --against photos", VeilProcess.Run("verify", _folder["in"]).Exits(2).Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing", VeilProcess.Run("verify", _folder["in"], "--against", _folder["nowhere"]).Exits(2).Errors.Replace("There is no file or folder", "Nothing", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [DataFact("hostile")]
    public void Hostile_files_are_verified_without_a_crash()
    {
        const int every = 8;
        var files = Directory.GetFiles(SharedData.Path("hostile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < files.Count; i += every)
        {
            File.Copy(files[i], Path.Combine(Directory.CreateDirectory(_folder["in"]).FullName, $"{i}-{Path.GetFileName(files[i])}"));
        }

        VeilProcess.Run("anonymize", _folder["in"], "-o", _folder["out"], "--verify", "--max-seconds", "60").Exits(1);

        var run = Verify("--detector", "haar", "--json");

        Assert.InRange(run.ExitCode, 0, 1);
        using var json = JsonDocument.Parse(run.Output);
        Assert.All(json.RootElement.GetProperty("files").EnumerateArray(), file => Assert.NotEqual("fails", file.GetProperty("verdict").GetString()));
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    /// <summary>EXIF with a latitude: a first directory that leads to one for GPS.</summary>
    private static byte[] Gps() =>
    [
        .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0,
        0, 2, 0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56, 0, 0, 0, 0,
        0, 0, 0, 52, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1, 0, 0, 0, 59, 0, 0, 0, 1,
    ];

    private VeilProcess Verify(params string[] more) => VeilProcess.Run(["verify", _folder["out"], "--against", _folder["in"], .. more]);
}
