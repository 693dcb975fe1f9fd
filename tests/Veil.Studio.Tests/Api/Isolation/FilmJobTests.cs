using System.Net;
using System.Text.Json.Nodes;
using Veil.Client;
using Veil.Imaging;

namespace Veil.Studio.Tests.Api.Isolation;

/// <summary>A film goes through a job from end to end; every answer is held against the OpenAPI document.</summary>
public sealed class FilmJobTests : IDisposable
{
    private const int Frames = 24;
    private const string Solid = """{"find":[{"kind":"faces","method":"solid","options":{"color":"#ff00ff"}}]}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DataFact("video/faces-1080p.mp4")]
    public async Task A_film_comes_back_covered_and_tells_of_its_frames_meanwhile()
    {
        var film = Clip.Make(_folder["party.mp4"], $"-i \"{SharedData.Path("video", "faces-1080p.mp4")}\" -frames:v {Frames} -vf scale=640:-2 -an -c:v libx264 -preset ultrafast");
        var marks = Directory.CreateDirectory(_folder["marks"]).FullName;
        await using var lab = await ApiLab.StartAsync(options => options with { Worker = FakeWorker.Command(marks) });

        using var created = await lab.PostAsync("/v1/jobs", ApiLab.Form(Solid, ("files", "party.mp4", await File.ReadAllBytesAsync(film))));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = (await ApiLab.JsonAsync(created))["id"]!.GetValue<string>();
        var seen = await FollowAsync(lab, id, marks);

        var last = seen[^1];
        Assert.Equal("done", last["state"]!.GetValue<string>());
        Assert.Contains(seen, job => job["progress"]!["frame"]!.GetValue<int>() is > 0 and < Frames && job["progress"]!["frames"]!.GetValue<int>() == Frames);
        using var report = await lab.GetAsync($"/v1/jobs/{id}/report");
        Assert.Equal("party.mp4", (await ApiLab.JsonAsync(report))["items"]![0]!["file"]!.GetValue<string>());
        using var result = await lab.GetAsync($"/v1/jobs/{id}/result");
        Assert.Equal("video/mp4", result.Content.Headers.ContentType!.MediaType);
        await File.WriteAllBytesAsync(_folder["hidden.mp4"], await result.Content.ReadAsByteArrayAsync());
        Assert.Equal(Frames, Clip.DecodedFrames(_folder["hidden.mp4"]));
        Assert.Equal(Clip.Times(film), Clip.Times(_folder["hidden.mp4"]));
        foreach (var frame in new[] { 0, Frames / 2, Frames - 1 })
        {
            await CoveredAsync(lab, film, frame);
        }

        using var deleted = await lab.Http.DeleteAsync(new Uri("/v1/jobs/" + id, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    // The film waits until somebody has heard how far it is.
    private static async Task<List<JsonNode>> FollowAsync(ApiLab lab, string id, string marks)
    {
        using var response = await lab.Http.GetAsync(new Uri($"/v1/jobs/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).WaitAsync(Eventually.Patience);
        var seen = new List<JsonNode>();
        using var patience = new CancellationTokenSource(Eventually.Patience * 2);
        await foreach (var (_, _, data) in EventReader.ReadAsync(await response.Content.ReadAsStreamAsync(), patience.Token))
        {
            seen.Add(JsonNode.Parse(data)!);
            if (seen[^1]["progress"]!["frame"]!.GetValue<int>() > 0)
            {
                await File.WriteAllTextAsync(Path.Combine(marks, FakeWorker.GoOn), "", patience.Token);
            }
        }

        var document = (await ApiLab.JsonAsync(await lab.GetAsync("/openapi/v1.json"))).AsObject();
        Assert.All(seen, job => Assert.Empty(new JsonSchemaCheck(document).Check(job, new JsonObject { ["$ref"] = "#/components/schemas/Job" })));
        return seen;
    }

    // Where the server finds a face in the original, the result is of one colour.
    private async Task CoveredAsync(ApiLab lab, string film, int number)
    {
        var original = Still(film, number, "original.png");
        using var response = await lab.PostAsync("/v1/detections?find=faces", ApiLab.Body(await File.ReadAllBytesAsync(original)));
        var faces = (await ApiLab.JsonAsync(response))["frames"]![0]!["regions"]!.AsArray();
        Assert.NotEmpty(faces);
        using var hidden = Picture.Decode(await File.ReadAllBytesAsync(Still(_folder["hidden.mp4"], number, "hidden.png")), PictureLimits.Default);
        using var pixels = hidden.TakeFrame(0);
        foreach (var face in faces)
        {
            var box = face!["box"]!.AsArray().Select(edge => edge!.GetValue<double>()).ToList();
            var (x, y) = ((int)(box[0] + box[2]) / 2, (int)(box[1] + box[3]) / 2);
            var sample = pixels.Row(y).Slice(x * 3, 3).ToArray();
            Assert.True(sample[0] > 150 && sample[1] < 100 && sample[2] > 150, $"frame {number}, ({x}, {y}): {string.Join(' ', sample)}");
        }
    }

    private string Still(string film, int number, string name) => Clip.Make(_folder[name], $"-i \"{film}\" -vf select=eq(n\\,{number}) -frames:v 1");
}
