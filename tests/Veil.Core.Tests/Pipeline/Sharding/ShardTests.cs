using FsCheck;
using FsCheck.Fluent;
using Veil.Errors;
using Veil.Pipeline.Sharding;

namespace Veil.Tests.Pipeline.Sharding;

public sealed class ShardTests
{
    [Fact]
    public void Every_item_belongs_to_exactly_one_shard_and_shares_differ_by_one_at_most() =>
        Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (count, items) =>
        {
            var shares = Shard.All(count).Select(shard => (shard.Share(items), Owned: Enumerable.Range(0, items).Count(item => shard.Owns(item)))).ToList();
            return shares.All(share => share.Item1 == share.Owned)
                && shares.Sum(share => share.Owned) == items
                && shares.Max(share => share.Owned) - shares.Min(share => share.Owned) <= 1
                && Enumerable.Range(0, items).All(item => Shard.All(count).Count(shard => shard.Owns(item)) == 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_shard_is_read_as_it_is_written() => Assert.Equal(new Shard(3, 10), Shard.Parse("3/10"));

    [Theory]
    [InlineData("0/10")]
    [InlineData("11/10")]
    [InlineData("3")]
    [InlineData("3/")]
    [InlineData("-1/4")]
    [InlineData("1/0")]
    [InlineData("1/100000")]
    [InlineData("1/2/3")]
    public void What_is_no_shard_is_refused(string text) => Assert.Equal(VeilErrorCode.InvalidOption, Assert.Throws<VeilException>(() => Shard.Parse(text)).Code);
}
