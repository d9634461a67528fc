(window.VC=window.VC||{})["2025"]={
"01/lora":["LoRA: Low-Rank Adaptation of Large Language Models","Hu, Shen, ICLR 2022","14 Jan 2025, rated 4 of 5","Learn a product of two thin matrices beside the frozen one.","read"],
"01/qlora":["QLoRA","2023","20 Jan 2025, rated 4.5 of 5","Keeps the frozen base of LoRA in four bits.","read"],
"02/dora":["DoRA: Weight-Decomposed Low-Rank Adaptation","2024","1 Feb 2025","","to-read"]
};
