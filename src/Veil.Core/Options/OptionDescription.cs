namespace Veil.Options;

/// <summary>One option of a method or a detector, in words.</summary>
/// <param name="Name">As on the command line: <c>kernel-size</c>.</param>
/// <param name="Type">What a value looks like: <c>length</c>, <c>colour</c>, <c>integer</c>, <c>number</c>, <c>text</c>, or the choices <c>a|b</c>.</param>
/// <param name="Range">The values allowed; empty when any is.</param>
/// <param name="Default">The default as it would be written; may be empty.</param>
/// <param name="Description">What it does.</param>
public sealed record OptionDescription(string Name, string Type, string Range, string Default, string Description);
