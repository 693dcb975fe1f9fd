using Veil.Pipeline.Verification;

namespace Veil.Evaluation.Verification;

/// <summary>An output with its verdict.</summary>
/// <param name="Name">The original's path below its folder; the output's where there is no original.</param>
/// <param name="Output">The output's path below its folder; empty where there is none.</param>
/// <param name="Verification">What was found.</param>
public sealed record VerifiedFile(string Name, string Output, OutputVerification Verification);
