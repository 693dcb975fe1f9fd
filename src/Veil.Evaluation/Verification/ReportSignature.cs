using System.Security.Cryptography;
using Veil.Errors;

namespace Veil.Evaluation.Verification;

/// <summary>
/// Signs a report with a key of the user's and checks such signatures: ECDSA (in the form of RFC 3279) or RSA (PKCS #1 1.5), over
/// SHA-256, so that <c>openssl dgst -sha256 -verify</c> reads them. Thread-safe.
/// </summary>
public static class ReportSignature
{
    /// <summary>Environment variable with the pass phrase of an encrypted key.</summary>
    public const string PassPhraseVariable = "VEIL_KEY_PASSPHRASE";

    private const int SmallestRsa = 2048;

    /// <summary>Signs bytes.</summary>
    /// <param name="content">What is signed.</param>
    /// <param name="pem">A private key in PEM, encrypted or not.</param>
    /// <param name="passPhrase">For an encrypted key; null where there is none.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: the key cannot be used.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> content, string pem, string? passPhrase)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw Unusable("it holds no private key");
        }

        using var key = Open(pem, passPhrase);
        return key is ECDsa curve ? curve.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) : ((RSA)key).SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="pem">The public key in PEM; a private one does, too.</param>
    /// <param name="passPhrase">For an encrypted private key; null where there is none.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidOption"/>: the key cannot be used.</exception>
    public static bool Check(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, string pem, string? passPhrase = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        using var key = Open(pem, passPhrase);
        return key is ECDsa curve
            ? curve.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            : ((RSA)key).VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static AsymmetricAlgorithm Open(string pem, string? passPhrase)
    {
        var encrypted = pem.Contains("ENCRYPTED", StringComparison.Ordinal);
        if (encrypted && passPhrase is null)
        {
            throw Unusable("it is encrypted", $"Give its pass phrase in the environment variable {PassPhraseVariable}.");
        }

        var key = Import(ECDsa.Create(), pem, encrypted ? passPhrase : null) ?? Import(RSA.Create(), pem, encrypted ? passPhrase : null)
            ?? throw Unusable(encrypted ? "it is neither ECDSA nor RSA, or the pass phrase is wrong" : "it is neither ECDSA nor RSA");
        if (key is RSA { KeySize: < SmallestRsa and var bits })
        {
            key.Dispose();
            throw Unusable($"RSA keys of {bits} bits are too short");
        }

        return key;
    }

    private static AsymmetricAlgorithm? Import(AsymmetricAlgorithm key, string pem, string? passPhrase)
    {
        try
        {
            if (passPhrase is null)
            {
                key.ImportFromPem(pem);
            }
            else
            {
                key.ImportFromEncryptedPem(pem, passPhrase);
            }

            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // Of another algorithm; whoever calls tries the next.
            key.Dispose();
            return null;
        }
    }

    private static VeilException Unusable(string why, string hint = "Make one: openssl ecparam -name prime256v1 -genkey -noout -out key.pem, and its public half: openssl ec -in key.pem -pubout -out public.pem") =>
        new(VeilErrorCode.InvalidOption, $"The key cannot be used: {why}.", hint);
}
