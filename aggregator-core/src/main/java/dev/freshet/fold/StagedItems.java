package dev.freshet.fold;

import java.util.List;

/**
 * The items that a kind of state follows through stages.
 *
 * @param name the lifecycle and its member, such as {@code trip by trip.id}
 * @param stageNames the stages of an item
 * @param stageOfType for each event type of the group, the stage that it enters; −1 if the kind
 *     does not use it
 * @param item the place of the item's id among the texts of an event
 */
public record StagedItems(
    String name, List<String> stageNames, List<Integer> stageOfType, int item) {}
