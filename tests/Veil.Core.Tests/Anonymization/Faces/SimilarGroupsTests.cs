using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Veil.Anonymization.Faces;

namespace Veil.Core.Tests.Anonymization.Faces;

public sealed class SimilarGroupsTests
{
    [Fact]
    public void Every_face_is_in_one_group_and_every_group_has_k_faces_or_more() =>
        Prop.ForAll(
            Gen.Choose(1, 12).Zip(Gen.Choose(0, 5).Three().Select(look => new FaceLook(new Vector3(look.Item1, look.Item2, look.Item3))).ArrayOf()).ToArbitrary(),
            value =>
            {
                var (k, looks) = value;
                if (looks.Length < k)
                {
                    Assert.Throws<ArgumentOutOfRangeException>(() => SimilarGroups.Divide(looks, k));
                    return;
                }

                var groups = SimilarGroups.Divide(looks, k);
                Assert.All(groups, group => Assert.InRange(group.Count, k, (2 * k) - 1));
                Assert.Equal(Enumerable.Range(0, looks.Length), groups.SelectMany(group => group).Order());
            }).QuickCheckThrowOnFailure();
}
