using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization;
using Veil.Anonymization.Synthesis;

namespace Veil.Core.Tests.Anonymization.Synthesis;

public sealed class FaceChoiceTests
{
    private static readonly ImmutableArray<Vector3?> Nothing = [null, null, null];

    [Fact]
    public void Faces_that_look_the_same_way_are_chosen_mirrored_where_that_fits()
    {
        var bank = Bank([.. Enumerable.Range(0, 20).Select(who => DrawnFaceBank.Face(who)), .. Enumerable.Range(20, 20).Select(who => DrawnFaceBank.Face(who, turn: 14))]);
        var turned = bank[^1].Shape.Yaw;
        Assert.True(turned > 0.2f);
        var step = (int)MathF.Round(turned / PlaceLook.YawStep);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var right = FaceChoice.Choose(bank, Look(yaw: step), Nothing, new HashSet<BankFace>(), new SplitMix64(seed));
            var left = FaceChoice.Choose(bank, Look(yaw: -step), Nothing, new HashSet<BankFace>(), new SplitMix64(seed));
            var ahead = FaceChoice.Choose(bank, Look(yaw: 0), Nothing, new HashSet<BankFace>(), new SplitMix64(seed));
            Assert.True(right.Face.Shape.Yaw > 0.2f && !right.IsMirrored);
            Assert.True(left.Face.Shape.Yaw > 0.2f && left.IsMirrored);
            Assert.True(MathF.Abs(ahead.Face.Shape.Yaw) < 0.1f);
        }
    }

    [Fact]
    public void Chance_decides_among_several_that_suit()
    {
        var bank = Bank(DrawnFaceBank.Faces(30));
        var chosen = Enumerable.Range(0, 60).Select(seed => FaceChoice.Choose(bank, Look(0), Nothing, new HashSet<BankFace>(), new SplitMix64((ulong)seed)).Face).ToHashSet();
        Assert.InRange(chosen.Count, 6, 30);
    }

    [Fact]
    public void Faces_that_are_taken_are_passed_over_while_there_are_others()
    {
        var bank = Bank(DrawnFaceBank.Faces(3));
        var taken = new HashSet<BankFace> { bank[0], bank[2] };
        Assert.All(Enumerable.Range(0, 10), seed => Assert.Same(bank[1], FaceChoice.Choose(bank, Look(0), Nothing, taken, new SplitMix64((ulong)seed)).Face));
        taken.Add(bank[1]);
        Assert.NotNull(FaceChoice.Choose(bank, Look(0), Nothing, taken, new SplitMix64(1)).Face);
    }

    [Fact]
    public void Tone_and_the_hair_around_decide_with()
    {
        var bank = Bank([
            .. Enumerable.Range(0, 15).Select(who => DrawnFaceBank.Face(who, luma: 60, hair: 30)), .. Enumerable.Range(15, 15).Select(who => DrawnFaceBank.Face(who, luma: 170, hair: 30)),
            .. Enumerable.Range(30, 15).Select(who => DrawnFaceBank.Face(who, luma: 170, hair: 160)),
        ]);
        var light = new PlaceTone(false, 170);
        var fair = bank[^1].Hair[1];
        for (var seed = 0UL; seed < 10; seed++)
        {
            Assert.True(FaceChoice.Choose(bank, Look(0) with { Tone = new PlaceTone(true, 60) }, Nothing, new HashSet<BankFace>(), new SplitMix64(seed)).Face.Light.Mean.X < 90);
            var chosen = FaceChoice.Choose(bank, Look(0) with { Tone = light }, [fair, fair, fair], new HashSet<BankFace>(), new SplitMix64(seed)).Face;
            Assert.True(Vector3.Distance(chosen.Hair[1], fair) < 20 && chosen.Light.Mean.X > 130);
        }
    }

    private static PlaceLook Look(int yaw)
    {
        var face = BankFace.Of(DrawnFaceBank.Face(0), 1)!;
        return PlaceLook.Of(face.Shape, new PlaceTone(false, 130)) with { Yaw = yaw };
    }

    private static List<BankFace> Bank(IReadOnlyList<GeneratedFace> faces) => [.. faces.Select(face => BankFace.Of(face, 1)!)];
}
