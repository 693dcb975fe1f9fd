using System.Globalization;
using System.Text;
using Veil.Anonymization;
using Veil.Imaging;
using Veil.Regions;

namespace Veil.Conformance.Tests;

/// <summary>
/// Each method's default and each preset on the same made-up scene, against pictures in Golden/. Integer methods match
/// exactly, those that calculate in floating point within one step, networks within four. References are never rewritten; with
/// VEIL_WRITE_GOLDEN=1 missing ones are created.
/// </summary>
public sealed class GoldenTests
{
    private const string Switch = "VEIL_WRITE_GOLDEN";

    /// <summary>Of its own, so that the references do not change with the product's defaults.</summary>
    private static readonly RegionPolicy Covering = new() { Growth = 0.22f, SoftEdge = 0.06f };

    private static readonly HashSet<string> Exact = ["solid", "box", "median", "closing"];

    /// <summary>A network's sums differ between processors by a little more than rounding.</summary>
    private static readonly HashSet<string> Network = ["inpaint"];

    [Theory]
    [Names(nameof(Methods.GoldenNames))]
    [Missing(nameof(Methods.GoldenNames))]
    public void A_method_draws_what_it_always_drew(string name)
    {
        var preset = Methods.Catalog.All.SelectMany(method => method.Presets.Select(preset => (method, preset))).FirstOrDefault(pair => pair.preset.Name == name);
        var id = preset.method?.Id ?? name;
        var anonymizer = preset.method is null ? Methods.Create(name) : Methods.Create(preset.method, preset.preset.Options);
        using var picture = TestPictures.Scene(72, 60);
        var face = TestRegions.Face(new Box(20.5f, 12.25f, 48.5f, 47.75f), track: 1);
        var method = Methods.Catalog.Find(id);
        face = method.Needs.HasFlag(MethodNeeds.FacePoints) ? face with { Points = DrawnFace.In(face.Box) } : face;
        var covered = ((preset.preset?.Policy ?? Covering) with { Part = method.Covers }).Cover(face, picture.Width, picture.Height)!;
        (anonymizer is WithCompany company ? company.At(new Box(0, 28, 20, 54)) : anonymizer).Apply(picture, covered.Region, covered.Mask);

        var path = Path.Combine(RepositoryRoot.Path, "tests", "Veil.Conformance.Tests", "Golden", name.Replace('/', '.') + ".ppm");
        if (!File.Exists(path))
        {
            Assert.True(Environment.GetEnvironmentVariable(Switch) == "1", $"Expected the reference {path}; {Switch}=1 creates missing ones: look at it before you commit it.");
            Write(path, picture);
        }

        var expected = Read(path, picture.Width, picture.Height);
        var actual = TestPictures.Bytes(picture);
        var tolerance = Exact.Contains(id) ? 0 : Network.Contains(id) ? 4 : 1;
        var wrong = Enumerable.Range(0, actual.Length).Where(i => Math.Abs(expected[i] - actual[i]) > tolerance).ToArray();
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {actual.Length} values differ from {path} by more than {tolerance}, first at ({wrong.FirstOrDefault() / 3 % picture.Width}, {wrong.FirstOrDefault() / 3 / picture.Width}).");
    }

    private static void Write(string path, PixelBuffer picture)
    {
        using var file = File.Create(path);
        file.Write(Header(picture.Width, picture.Height));
        file.Write(TestPictures.Bytes(picture));
    }

    private static byte[] Read(string path, int width, int height)
    {
        var bytes = File.ReadAllBytes(path);
        var header = Header(width, height);
        Assert.True(bytes.AsSpan().StartsWith(header) && bytes.Length == header.Length + (width * height * 3), $"Expected a {width}×{height} reference in {path}.");
        return bytes[header.Length..];
    }

    private static byte[] Header(int width, int height) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n"));
}
