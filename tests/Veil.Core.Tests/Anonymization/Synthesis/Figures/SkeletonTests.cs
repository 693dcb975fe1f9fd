using System.Collections.Immutable;
using System.Numerics;
using Veil.Anonymization.Synthesis.Figures;
using Veil.Regions;

namespace Veil.Core.Tests.Anonymization.Synthesis.Figures;

public sealed class SkeletonTests
{
    private static readonly Box Place = new(0, 0, 100, 300);

    private static readonly ImmutableArray<Vector2> Front =
    [
        new(50, 40), new(55, 35), new(45, 35), new(62, 38), new(38, 38), new(75, 80), new(25, 80), new(85, 120), new(15, 120),
        new(88, 160), new(12, 160), new(65, 170), new(35, 170), new(65, 225), new(35, 225), new(65, 285), new(35, 285),
    ];

    [Fact]
    public void A_pose_becomes_limbs_torso_and_head_of_common_proportions()
    {
        var skeleton = Skeleton.Of(Front, Place)!;
        Assert.Equal(2, skeleton.Bones.Count(bone => bone.Part == BodyPart.Hand));
        Assert.Equal(2, skeleton.Bones.Count(bone => bone.Part == BodyPart.Foot));
        Assert.InRange(skeleton.Unit, 30, 50);
        Assert.False(skeleton.Head!.Value.FromBehind);
        Assert.True(skeleton.Head.Value.Face().LeftEye.X < skeleton.Head.Value.Face().RightEye.X);
    }

    [Fact]
    public void Small_differences_of_build_leave_nothing()
    {
        var one = Skeleton.Of([.. Front.Select(point => new Vector2(MathF.Round(point.X / 4.6875f), MathF.Round(point.Y / 4.6875f)) * 4.6875f)], Place)!;
        var other = Skeleton.Of([.. Front.Select(point => (new Vector2(MathF.Round(point.X / 4.6875f), MathF.Round(point.Y / 4.6875f)) * 4.6875f) + new Vector2(2, -2))], Place)!;
        Assert.Equal(one.Bones.AsEnumerable(), other.Bones);
    }

    [Fact]
    public void Whose_left_shoulder_is_on_the_left_shows_the_back()
    {
        Assert.True(Skeleton.Of([.. Front.Select(point => new Vector2(100 - point.X, point.Y))], Place)!.Head!.Value.FromBehind);
    }

    [Fact]
    public void Without_shoulders_there_is_no_figure_and_without_more_there_is_what_can_be_told()
    {
        var gone = new Vector2(float.NaN);
        Assert.Null(Skeleton.Of([], Place));
        Assert.Null(Skeleton.Of(Front.SetItem(5, gone), Place));
        Assert.Null(Skeleton.Of([.. Front.Select(_ => new Vector2(3, 3))], Place));
        ImmutableArray<Vector2> bust = [.. Front.Select((point, i) => i is 0 or 5 or 6 ? point : gone)];
        var skeleton = Skeleton.Of(bust, Place)!;
        Assert.DoesNotContain(skeleton.Bones, bone => bone.Part is BodyPart.Forearm or BodyPart.Foot);
        Assert.All(skeleton.Bones.Where(bone => bone.Part is BodyPart.Thigh or BodyPart.Shin), bone => Assert.False(bone.Seen));
        Assert.Null(Skeleton.Of(bust.SetItem(0, gone), Place)!.Head);
    }
}
