using Veil.Client;

namespace Veil.Studio.Tests.Api;

public sealed class LoadTests
{
    private const int Clients = 20;
    private const int Each = 5;

    /// <summary>The long version, with memory over time and latencies, is <c>bench/Veil.ServeLoad</c>.</summary>
    [Fact]
    public async Task Of_many_clients_at_once_none_is_lost()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Limits = options.Limits with { Concurrency = 2, Waiting = 4 } });
        using var client = new VeilClient(new VeilClientOptions { Address = lab.Server.Address, ApiKey = lab.Key, Retries = 1000, LongestWait = TimeSpan.FromMilliseconds(200) });
        var picture = TestPicture.Png();

        var done = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var covered = 0;
            for (var i = 0; i < Each; i++)
            {
                using var result = await client.AnonymizeImageAsync(() => new MemoryStream(picture), """{"find":[{"kind":"image","method":"solid"}]}""");
                using var bytes = new MemoryStream();
                await result.Content.CopyToAsync(bytes);
                covered += result.Regions;
            }

            return covered;
        })).WaitAsync(Eventually.Patience);

        Assert.All(done, covered => Assert.Equal(Each, covered));
        await Eventually.TrueAsync(() => Directory.GetDirectories(Directory.GetDirectories(Path.Combine(lab.Data, "requests")).Single()).Length == 0);
    }
}
