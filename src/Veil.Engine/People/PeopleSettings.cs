using Veil.Identity;

namespace Veil.Engine.People;

/// <summary>A list of people and what it is for.</summary>
/// <param name="Rule">Hide them, or everybody else.</param>
/// <param name="Folder">Their reference photos.</param>
/// <param name="Policy">What counts as sure.</param>
internal sealed record PeopleSettings(PersonRule Rule, string Folder, PersonPolicy Policy);
