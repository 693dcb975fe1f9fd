using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Veil.Errors;
using Veil.Studio.Api;

namespace Veil.Studio.Tests.Api;

/// <summary>TLS with certificates that are made here, and what proxies may say.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset Until = DateTimeOffset.UtcNow.AddDays(30);
    private readonly TemporaryFolder _folder = new();
    private readonly Authority _root = Authority.OfItsOwn("root");

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_with_a_certificate_is_believed_by_who_trusts_its_root_and_by_nobody_else()
    {
        using var between = Authority.Under(_root, "intermediate");
        var (certificate, key) = Write(between, between.Certificate);
        await using var server = await StartAsync(options => options with { Certificate = certificate, CertificateKey = key });
        using var trusting = ClientOf(server, _root.Certificate);
        using var others = Authority.OfItsOwn("others");
        using var doubting = ClientOf(server, others.Certificate);

        using var health = await trusting.GetAsync(new Uri("/health", UriKind.Relative));
        using var covered = await trusting.PostAsync(new Uri("/v1/images" + ApiLab.Whole, UriKind.Relative), ApiLab.Body(TestPicture.Png()));

        Assert.Equal("https", server.Address.Scheme);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, covered.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => doubting.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task Without_tls_a_server_with_a_certificate_says_nothing()
    {
        var (certificate, key) = Write(_root);
        await using var server = await StartAsync(options => options with { Certificate = certificate, CertificateKey = key });
        using var plain = new HttpClient { BaseAddress = new UriBuilder(server.Address) { Scheme = "http" }.Uri };

        await Assert.ThrowsAnyAsync<Exception>(() => plain.GetAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task Certificate_and_key_may_be_in_one_file()
    {
        var (certificate, key) = Write(_root);
        File.AppendAllText(certificate, "\n" + File.ReadAllText(key));
        await using var server = await StartAsync(options => options with { Certificate = certificate });
        using var client = ClientOf(server, _root.Certificate);

        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Certificates_and_keys_that_cannot_be_used_keep_the_server_from_starting()
    {
        var (certificate, key) = Write(_root);
        var (_, another) = Write(_root);
        var nonsense = _folder.Write("nonsense.pem", "no certificate"u8);

        foreach (var (first, second) in new[] { (certificate, another), (certificate, null), (nonsense, key), (_folder["missing.pem"], key), (null, key) })
        {
            var error = await Assert.ThrowsAsync<VeilException>(() => StartAsync(options => options with { Certificate = first, CertificateKey = second }));
            Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "api.example.org", 200)]
    [InlineData("127.0.0.1", "evil.example", 421)]
    [InlineData("192.0.2.1", "api.example.org", 421)]
    [InlineData(null, "api.example.org", 421)]
    public async Task Under_which_name_it_was_called_a_proxy_may_say_that_is_named_and_nobody_else(string? proxy, string forwarded, int status)
    {
        await using var lab = await ApiLab.StartAsync(options => options with { HostNames = ["api.example.org"], Proxies = proxy is null ? [] : [IPAddress.Parse(proxy)] });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/jobs", UriKind.Relative));
        request.Headers.Host = "backend.internal";
        request.Headers.Add("X-Forwarded-Host", forwarded);
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await lab.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_only_forwarded_does_not_open_other_sites_the_door()
    {
        await using var lab = await ApiLab.StartAsync(options => options with { HostNames = ["api.example.org"], Proxies = [IPAddress.Loopback] });
        using var own = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/jobs", UriKind.Relative)) { Headers = { { "Origin", "https://api.example.org" }, { "X-Forwarded-Host", "api.example.org" } } };
        using var other = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/jobs", UriKind.Relative)) { Headers = { { "Origin", "https://evil.example" }, { "X-Forwarded-Host", "api.example.org" } } };

        using var answered = await lab.Http.SendAsync(own);
        using var refused = await lab.Http.SendAsync(other);

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        await ApiLab.ProblemAsync(refused, 403, "CrossSite");
    }

    private Task<ApiServer> StartAsync(Func<ApiOptions, ApiOptions> configure) =>
        ApiServer.StartAsync(configure(new ApiOptions { DataFolder = _folder["data"], Access = ApiAccess.Anybody }));

    private static HttpClient ClientOf(ApiServer server, X509Certificate2 trusted)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(trusted);
        return new HttpClient(handler) { BaseAddress = server.Address, Timeout = Eventually.Patience };
    }

    private (string Certificate, string Key) Write(Authority authority, params X509Certificate2[] chain)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=veil", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var made = authority.Sign(request);
        var name = Guid.NewGuid().ToString("N");
        return (
            _folder.Write(name + ".pem", System.Text.Encoding.ASCII.GetBytes(string.Join('\n', chain.Prepend(made).Select(one => one.ExportCertificatePem())))),
            _folder.Write(name + ".key", System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem())));
    }

    private sealed class Authority(X509Certificate2 certificate) : IDisposable
    {
        public X509Certificate2 Certificate { get; } = certificate;

        public static Authority OfItsOwn(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new Authority(Request(name, key).CreateSelfSigned(From, Until));
        }

        public static Authority Under(Authority above, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var signed = above.Sign(Request(name, key));
            return new Authority(signed.CopyWithPrivateKey(key));
        }

        public X509Certificate2 Sign(CertificateRequest request) => request.Create(Certificate, From, Until, RandomNumberGenerator.GetBytes(16));

        public void Dispose() => Certificate.Dispose();

        private static CertificateRequest Request(string name, ECDsa key)
        {
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            return request;
        }
    }
}
