using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Veil.Studio.Tests.Api;

public sealed class ImageTests : IAsyncLifetime
{
    private ApiLab _lab = null!;

    public async Task InitializeAsync() => _lab = await ApiLab.StartAsync(options => options with
    {
        Limits = options.Limits with { MaxImageBytes = 200_000, MaxPixels = 40_000 },
    });

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task A_picture_comes_back_covered_and_nothing_of_it_is_kept()
    {
        using var response = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("1", response.Headers.GetValues("Veil-Regions").Single());
        using var picture = Veil.Imaging.Picture.Decode(await response.Content.ReadAsByteArrayAsync(), Veil.Imaging.PictureLimits.Default);
        using var pixels = picture.TakeFrame(0);
        Assert.All(pixels.Row(10).ToArray(), sample => Assert.Equal(0, sample));
        Assert.Empty(await LeftAsync(_lab));
    }

    [Fact]
    public async Task The_format_can_be_asked_for_and_settings_may_be_a_document()
    {
        var settings = """{"find":[{"kind":"image","method":"pixelate","options":{"grid":2}}],"encoding":{"format":"webp"}}""";

        using var response = await _lab.PostAsync("/v1/images", ApiLab.Form(settings, ("image", "x.png", TestPicture.Png())));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/webp", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.Contains("Veil-Warnings"));
    }

    [DataFact("synthetic-portraits")]
    public async Task A_face_is_found_where_it_is()
    {
        await using var lab = await ApiLab.StartAsync();
        var portrait = await File.ReadAllBytesAsync(SharedData.Path("synthetic-portraits", "portrait-000.jpg"));

        using var found = await lab.PostAsync("/v1/detections", ApiLab.Body(portrait, "image/jpeg"));
        using var covered = await lab.PostAsync("/v1/images?method=pixelate&grid=6", ApiLab.Body(portrait, "image/jpeg"));

        var detections = await ApiLab.JsonAsync(found);
        Assert.Equal("face", detections["frames"]![0]!["regions"]![0]!["kind"]!.GetValue<string>());
        Assert.Equal("1", covered.Headers.GetValues("Veil-Regions").Single());
    }

    [Theory]
    [InlineData("?mehtod=solid", 400, "UnknownParameter")]
    [InlineData("?find=image&method=solid&grid=6", 400, "UnknownParameter")]
    [InlineData("?find=dogs", 400, "InvalidOption")]
    [InlineData("?method=nothing", 400, "InvalidOption")]
    [InlineData("?method=pixelate&grid=many", 400, "InvalidOption")]
    [InlineData("?find=image&find=faces", 400, "BadRequest")]
    [InlineData("?find=image&method=solid&quality=900", 400, "InvalidOption")]
    [InlineData("?method=image&picture=/etc/passwd", 403, "OptionNotAllowed")]
    [InlineData("?method=ksame&gallery=/etc", 403, "OptionNotAllowed")]
    [InlineData("?method=synthetic&generator=/etc/passwd", 403, "OptionNotAllowed")]
    public async Task Settings_that_are_wrong_are_refused(string query, int status, string code)
    {
        using var response = await _lab.PostAsync("/v1/images" + query, ApiLab.Body(TestPicture.Png()));

        await ApiLab.ProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("""{"find":["faces"],"people":{"photos":"/etc"}}""", 400, "InvalidOption")]
    [InlineData("""{"find":[{"kind":"faces","method":"image","options":{"picture":"/etc/passwd"}}]}""", 403, "OptionNotAllowed")]
    [InlineData("""{"find":["faces"],"find":["image"]}""", 400, "BadRequest")]
    [InlineData("{", 400, "BadRequest")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]", 400, "BadRequest")]
    public async Task Documents_that_are_wrong_are_refused(string settings, int status, string code)
    {
        using var response = await _lab.PostAsync("/v1/images", ApiLab.Form(settings, ("image", "x.png", TestPicture.Png())));

        await ApiLab.ProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Settings_in_two_places_are_refused()
    {
        using var response = await _lab.PostAsync("/v1/images?find=image", ApiLab.Form("{}", ("image", "x.png", TestPicture.Png())));

        await ApiLab.ProblemAsync(response, 400, "BadRequest");
    }

    [Theory]
    [InlineData("text/plain", 415, "UnsupportedMediaType")]
    [InlineData("application/x-www-form-urlencoded", 415, "UnsupportedMediaType")]
    [InlineData("application/zip", 415, "UnsupportedMediaType")]
    [InlineData("multipart/form-data", 400, "BadRequest")]
    [InlineData("multipart/form-data; boundary=x", 400, "TruncatedUpload")]
    public async Task Bodies_of_another_type_are_refused(string type, int status, string code)
    {
        using var response = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png(), type));

        await ApiLab.ProblemAsync(response, status, code);
    }

    [Fact]
    public async Task A_body_without_type_and_a_packed_body_are_refused()
    {
        using var none = await _lab.PostAsync("/v1/images", new ByteArrayContent(TestPicture.Png()));
        var packed = ApiLab.Body(TestPicture.Png());
        packed.Headers.ContentEncoding.Add("gzip");
        using var gzip = await _lab.PostAsync("/v1/images", packed);

        await ApiLab.ProblemAsync(none, 415, "UnsupportedMediaType");
        await ApiLab.ProblemAsync(gzip, 415, "UnsupportedMediaType");
    }

    [Fact]
    public async Task What_is_no_picture_empty_damaged_or_too_large_is_told_apart()
    {
        using var empty = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body([]));
        using var text = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(Encoding.ASCII.GetBytes("just a text, whatever it says it is")));
        using var damaged = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Png()[..60]));
        using var wide = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(TestPicture.Claiming(60_000, 60_000)));
        using var heavy = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body([.. TestPicture.Png(), .. new byte[300_000]]));
        using var heavier = await _lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(new byte[3_000_000]));
        using var without = await _lab.PostAsync("/v1/images", ApiLab.Form("{}"));

        await ApiLab.ProblemAsync(empty, 400, "EmptyBody");
        await ApiLab.ProblemAsync(text, 415, "NotAPicture");
        await ApiLab.ProblemAsync(damaged, 422, "CorruptInput");
        await ApiLab.ProblemAsync(wide, 422, "LimitExceeded");
        await ApiLab.ProblemAsync(heavy, 413, "UploadTooLarge");
        await ApiLab.ProblemAsync(heavier, 413, "UploadTooLarge");
        await ApiLab.ProblemAsync(without, 400, "EmptyBody");
        Assert.Empty(await LeftAsync(_lab));
    }

    [Fact]
    public async Task A_slow_upload_and_one_that_breaks_off_leave_nothing_behind()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Limits = options.Limits with { MinBytesPerSecond = 100_000, SlowGrace = TimeSpan.FromSeconds(1.5) } });
        var slow = await SendRawAsync(lab, "POST /v1/images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + lab.Key + "\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\nabc", end: false);
        var broken = await SendRawAsync(lab, "POST /v1/images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + lab.Key + "\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\nabc", end: true);

        Assert.Contains(" 408 ", slow, StringComparison.Ordinal);
        Assert.Contains("UploadTooSlow", slow, StringComparison.Ordinal);
        Assert.True(broken.Length == 0 || broken.Contains("TruncatedUpload", StringComparison.Ordinal), broken);
        Assert.Empty(await LeftAsync(lab));
    }

    [Fact]
    public async Task What_takes_too_long_is_answered_with_504()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Limits = options.Limits with { MaxTime = TimeSpan.FromMilliseconds(1) } });

        // Where every thread is busy a picture can be done before its clock is heard.
        var picture = TestPicture.Png(2000, 2000);
        HttpResponseMessage response;
        for (var until = DateTime.UtcNow + Eventually.Patience; (response = await lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(picture))).IsSuccessStatusCode && DateTime.UtcNow < until;)
        {
            response.Dispose();
        }

        using (response)
        {
            await ApiLab.ProblemAsync(response, 504, "TimedOut");
        }
    }

    [Fact]
    public async Task Who_comes_when_everything_is_taken_is_told_when_to_come_again()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { Limits = options.Limits with { Concurrency = 1, Waiting = 1 } });
        var picture = TestPicture.Png(3000, 2000);

        var answers = new List<HttpResponseMessage>();
        for (var until = DateTime.UtcNow + Eventually.Patience; !answers.Any(answer => (int)answer.StatusCode == 429) && DateTime.UtcNow < until;)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => lab.PostAsync("/v1/images" + ApiLab.Whole, ApiLab.Body(picture)))));
        }

        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 200 or 429));
        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        var refused = answers.First(answer => (int)answer.StatusCode == 429);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        await ApiLab.ProblemAsync(refused, 429, "ServerBusy");
    }

    [Fact]
    public async Task Heads_and_options_and_other_methods_are_answered_sensibly()
    {
        using var head = await _lab.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/methods"));
        using var options = await _lab.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/v1/images"));
        using var put = await _lab.Http.PutAsync(new Uri("/v1/images", UriKind.Relative), ApiLab.Body([1]));
        using var missing = await _lab.GetAsync("/v2/images");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Contains("POST", options.Content.Headers.Allow);
        Assert.False(options.Headers.Contains("Access-Control-Allow-Origin"));
        await ApiLab.ProblemAsync(put, 405, "MethodNotAllowed");
        await ApiLab.ProblemAsync(missing, 404, "NotFound");
    }

    private static async Task<IReadOnlyList<string>> LeftAsync(ApiLab lab)
    {
        var requests = Path.Combine(lab.Data, "requests");
        await Eventually.TrueAsync(() => !Directory.EnumerateDirectories(requests, "*", SearchOption.AllDirectories).Skip(1).Any());
        return [.. Directory.EnumerateFiles(requests, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))];
    }

    private static async Task<string> SendRawAsync(ApiLab lab, string request, bool end)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(lab.Server.Address.Host, lab.Server.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        if (end)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadToEndAsync().WaitAsync(Eventually.Patience);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
