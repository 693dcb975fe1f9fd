using System.CommandLine;
using Veil.Cli.Verification;
using Veil.Errors;
using Veil.Evaluation.Verification;

namespace Veil.Cli.Options;

/// <summary>Signing a report, and checking a signed one.</summary>
internal sealed class SignatureOptions
{
    private readonly Option<FileInfo?> _sign = new("--sign")
    {
        Description = $"Sign report.json with this private key (PEM; ECDSA or RSA) into report.json.sig. The pass phrase of an encrypted key is taken from {ReportSignature.PassPhraseVariable}.",
        HelpName = "KEY",
    };

    private readonly Option<FileInfo?> _check = new("--check-signature") { Description = "Check the signature of a report instead: REPORT.sig beside it, with --key.", HelpName = "REPORT" };

    private readonly Option<FileInfo?> _key = new("--key") { Description = "The public key for --check-signature, in PEM.", HelpName = "KEY" };

    public void AddTo(Command command)
    {
        command.Add(_sign);
        command.Add(_check);
        command.Add(_key);
    }

    /// <summary>The key to sign with; null for none. It is tried, so that a bad one shows before hours of work.</summary>
    public SigningKey? ReadKey(ParseResult parsed)
    {
        if (parsed.GetValue(_sign) is not { } file)
        {
            return null;
        }

        var key = new SigningKey(SigningKey.Read(file));
        key.Try();
        return key;
    }

    /// <summary>The report whose signature is to be checked; null for none.</summary>
    public SignatureToCheck? ReadCheck(ParseResult parsed) => (parsed.GetValue(_check), parsed.GetValue(_key)) switch
    {
        (null, null) => null,
        ({ } report, { } key) => new SignatureToCheck(report, SigningKey.Read(key)),
        _ => throw new VeilException(VeilErrorCode.InvalidOption, "--check-signature and --key go together.", "For example: veil verify --check-signature report/report.json --key public.pem"),
    };
}
