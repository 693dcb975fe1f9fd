using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Onnx.Generation;
using Veil.Regions;

namespace Veil.Onnx.Tests.Generation;

/// <summary>Banks of three faces that no network made: what is asked of files, not of faces.</summary>
public sealed class FaceBankTests : IDisposable
{
    private static readonly FaceRecipe Recipe = RecipeOf("free", 3, 5, 8);

    private readonly string _root = Directory.CreateTempSubdirectory("veil-bank").FullName;
    private int _made;

    private string Folder => Path.Combine(_root, "veil", "faces");

    private string BankPath => FaceBank.PathOf(Recipe, Folder);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_bank_is_made_once()
    {
        Check(Open());
        Assert.Equal(3, _made);
        Check(Open());
        Assert.Equal(3, _made);
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Open();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BankPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        }
    }

    [Fact]
    public void A_bank_that_is_cut_off_anywhere_is_made_anew()
    {
        Open();
        var whole = File.ReadAllBytes(BankPath);
        Prop.ForAll(Gen.Choose(0, whole.Length - 1).ToArbitrary(), length => Rebuilds(whole[..length], whole)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bank_with_any_byte_altered_is_made_anew()
    {
        Open();
        var whole = File.ReadAllBytes(BankPath);
        Prop.ForAll(Gen.Choose(0, whole.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (place, change) =>
        {
            var altered = whole.ToArray();
            altered[place] ^= (byte)change;
            return Rebuilds(altered, whole);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_bank_with_something_behind_it_is_made_anew()
    {
        Open();
        var whole = File.ReadAllBytes(BankPath);
        Assert.True(Rebuilds([.. whole, 0], whole));
    }

    [Fact]
    public void A_bank_of_other_faces_is_not_taken_for_it()
    {
        var other = RecipeOf("free", 3, 5, 9);
        Open(recipe: other);
        File.Copy(FaceBank.PathOf(other, Folder), BankPath);
        Check(Open());
        Assert.Equal(6, _made);
    }

    [Fact]
    public void Other_models_make_another_bank() => Assert.NotEqual(
        FaceBank.PathOf(new FaceRecipe("free", ["network 1"], Recipe.Faces), Folder), FaceBank.PathOf(new FaceRecipe("free", ["network 2"], Recipe.Faces), Folder));

    [Fact]
    public void What_was_made_before_an_interruption_is_not_made_again()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Open(progress: new Told(value =>
        {
            if (value.Done == 2)
            {
                stop.Cancel();
            }
        }), cancel: stop.Token));
        Assert.False(File.Exists(BankPath));
        Check(Open());
        Assert.Equal(3, _made);
    }

    [Fact]
    public void A_torn_face_of_an_interrupted_start_is_made_again()
    {
        Open();
        var whole = File.ReadAllBytes(BankPath);
        File.WriteAllBytes(BankPath + ".part", whole[..^10]);
        File.Delete(BankPath);
        Check(Open());
        Assert.Equal(4, _made);
        Assert.Equal(whole, File.ReadAllBytes(BankPath));
        Assert.False(File.Exists(BankPath + ".part"));
    }

    [Fact]
    public async Task Two_that_want_it_at_once_make_it_once()
    {
        var banks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open())));
        Assert.All(banks, Check);
        Assert.Equal(3, _made);
    }

    [Fact]
    public void Where_nothing_can_be_written_the_bank_is_kept_in_memory()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");
        var bank = Open(folder: Path.Combine(file, "faces"));
        Check(bank);
        Assert.Contains(file, bank.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_in_which_no_face_is_seen_is_left_out_for_good()
    {
        var recipe = RecipeOf("free", 3, Faceless, 8);
        Assert.Equal([3, 8], Open(recipe: recipe).Faces.Select(face => (int)face.Seed));
        Assert.Equal([3, 8], Open(recipe: recipe).Faces.Select(face => (int)face.Seed));
        Assert.Equal(3, _made);
    }

    [Fact]
    public void A_network_that_fails_is_no_reason_to_go_on()
    {
        Assert.Throws<VeilException>(() => FaceBank.Open(Recipe, Folder, () => _ => throw new VeilException(VeilErrorCode.AnonymizationFailed, "It failed.")));
        Assert.False(File.Exists(BankPath));
    }

    private const ulong Faceless = 6;

    private static FaceRecipe RecipeOf(string name, params ulong[] seeds) => new(name, ["a network"], [.. seeds.Select(seed => new FaceSource(seed, new float[] { seed }))]);

    private bool Rebuilds(byte[] spoilt, byte[] whole)
    {
        File.WriteAllBytes(BankPath, spoilt);
        Check(Open());
        return File.ReadAllBytes(BankPath).SequenceEqual(whole);
    }

    private FaceBank Open(FaceRecipe? recipe = null, string? folder = null, IProgress<FaceBankProgress>? progress = null, CancellationToken cancel = default) =>
        FaceBank.Open(recipe ?? Recipe, folder ?? Folder, () => Make, progress, cancel);

    private MadeFace Make(FaceSource source)
    {
        Interlocked.Increment(ref _made);
        return Sample(source.Seed);
    }

    private static MadeFace Sample(ulong seed) => new(
        NoisePicture.Draw(4, 4, (int)seed), seed == Faceless ? null : new FacePoints(FacePointLayout.MediaPipe478, [.. Enumerable.Range(0, 478).Select(i => new Vector2(i % 8, (i + (int)seed) % 7))]));

    private static void Check(FaceBank bank)
    {
        Assert.Equal([3, 5, 8], bank.Faces.Select(face => (int)face.Seed));
        foreach (var face in bank.Faces)
        {
            using var made = Sample(face.Seed);
            Assert.True(made.Picture.Span.SequenceEqual(face.Small.Span));
            Assert.Equal(4 * made.Picture.Width, face.Picture.Width);
            Assert.Equal(made.Points!.Points.Select(point => point * 4), face.Face.Points!.Points);
            Assert.Equal(face.Face.Points.ToLandmarks(), face.Face.Landmarks);
        }
    }

    private sealed class Told(Action<FaceBankProgress> act) : IProgress<FaceBankProgress>
    {
        public void Report(FaceBankProgress value) => act(value);
    }
}
