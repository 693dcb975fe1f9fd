using System.Security.Cryptography;
using System.Text;
using Veil.Errors;
using Veil.Evaluation.Verification;

namespace Veil.Tests.Verification;

public sealed class ReportSignatureTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("{\"verdict\": \"holds\"}");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_signature_holds_for_its_content_and_its_key_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = ReportSignature.Sign(Content, key.ExportPkcs8PrivateKeyPem(), null);

        Assert.True(ReportSignature.Check(Content, signature, key.ExportSubjectPublicKeyInfoPem()));
        Assert.False(ReportSignature.Check([.. Content, 32], signature, key.ExportSubjectPublicKeyInfoPem()));
        Assert.False(ReportSignature.Check(Content, signature, other.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void Rsa_keys_sign_and_short_ones_are_refused()
    {
        using var key = RSA.Create(2048);
        Assert.True(ReportSignature.Check(Content, ReportSignature.Sign(Content, key.ExportRSAPrivateKeyPem(), null), key.ExportRSAPublicKeyPem()));

        using var small = RSA.Create(1024);
        Assert.Contains("too short", Refused(small.ExportRSAPrivateKeyPem(), null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_key_needs_its_pass_phrase()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.True(ReportSignature.Check(Content, ReportSignature.Sign(Content, pem, "secret"), key.ExportSubjectPublicKeyInfoPem()));
        Assert.Contains(ReportSignature.PassPhraseVariable, Refused(pem, null).Hint, StringComparison.Ordinal);
        Assert.Contains("pass phrase is wrong", Refused(pem, "wrong").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_or_none_at_all_cannot_sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refused(key.ExportSubjectPublicKeyInfoPem(), null);
        Refused("nothing", null);
    }

    [Fact]
    public void Openssl_and_Veil_read_each_others_signatures()
    {
        if (!File.Exists("/usr/bin/openssl"))
        {
            return;
        }

        Clip.Run("openssl", $"ecparam -name prime256v1 -genkey -noout -out {_folder["key.pem"]}");
        Clip.Run("openssl", $"ec -in {_folder["key.pem"]} -pubout -out {_folder["public.pem"]}");
        var report = _folder.Write("report.json", Content);
        File.WriteAllBytes(report + ".sig", ReportSignature.Sign(Content, File.ReadAllText(_folder["key.pem"]), null));

        Assert.Contains("Verified OK", Clip.Run("openssl", $"dgst -sha256 -verify {_folder["public.pem"]} -signature {report}.sig {report}"), StringComparison.Ordinal);
        Clip.Run("openssl", $"dgst -sha256 -sign {_folder["key.pem"]} -out {report}.sig {report}");
        Assert.True(ReportSignature.Check(Content, File.ReadAllBytes(report + ".sig"), File.ReadAllText(_folder["public.pem"])));
    }

    private static VeilException Refused(string pem, string? passPhrase)
    {
        var error = Assert.Throws<VeilException>(() => ReportSignature.Sign(Content, pem, passPhrase));
        Assert.Equal(VeilErrorCode.InvalidOption, error.Code);
        return error;
    }
}
